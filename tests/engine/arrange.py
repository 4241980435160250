"""Figures for the tests of speech: the demo's region A by default."""

from typing import Any

from sinergia.engine.brief import BriefFigures, NamedFigures, YearFigures

SIX_YEARS = [
    YearFigures(2019, 78, 15, 3_120_000_000),
    YearFigures(2020, 92, 20, 4_480_000_000),
    YearFigures(2021, 101, 24, 5_630_000_000),
    YearFigures(2022, 97, 23, 5_510_000_000),
    YearFigures(2023, 104, 26, 6_460_000_000),
    YearFigures(2024, 111, 29, 7_340_000_000),
]


def a_brief(**words: Any) -> BriefFigures:  # noqa: ANN401  (any field of the figures)
    """A region with 583 projects, 137 wins and 325.4 million roubles from one fund."""
    usual: dict[str, Any] = {
        "region_kind": "oblast",
        "fund_name_ru": "Фонд",
        "fund_name_en": "Fund",
        "is_whole_life": True,
        "year": None,
        "first_year": 2019,
        "last_year": 2024,
        "submitted": 583,
        "organisations": 214,
        "won": 137,
        "awarded_minor": 32_540_000_000,
        "currency": "RUB",
    }
    return BriefFigures(**{**usual, **words})


def a_year_brief(**words: Any) -> BriefFigures:  # noqa: ANN401
    """The same region in 2023 alone."""
    year = {"year": 2023, "is_whole_life": False, "first_year": 2023, "last_year": 2023}
    return a_brief(**{**year, **words})


def all_funds(**words: Any) -> BriefFigures:  # noqa: ANN401
    """The same region and all funds together."""
    return a_brief(**{"fund_name_ru": None, "fund_name_en": None, **words})


def named(key: str, *, submitted: int = 0, won: int = 0) -> NamedFigures:
    """A theme or a municipality, named by its key."""
    return NamedFigures(key, f"Имя {key}", f"Name {key}", submitted, won, won * 10**8)
