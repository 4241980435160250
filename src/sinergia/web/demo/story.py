"""The demo, told from a seed: two invented regions, their organisations, their grants.

The same seed tells the same story. Nothing here knows a database, a clock or the house's tables:
what is told goes through the loaders that an operator's files go through.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from sinergia.web.demo import stock
from sinergia.web.demo.contests import enlarged
from sinergia.web.demo.geometry import Geometry, draw
from sinergia.web.demo.grants import NOT_ADMITTED, Teller
from sinergia.web.demo.indicators import measured
from sinergia.web.demo.ministry import ListRow, list_of
from sinergia.web.demo.organisations import register
from sinergia.web.demo.rows import (
    CentreRow,
    FundRow,
    GrantRow,
    IndicatorRow,
    MunicipalityRow,
    OrganisationRow,
    PersonRow,
    RegionRow,
    StatusRow,
    ThemeMappingRow,
    ThemeRow,
)

_COUNTS = {"XA-SVB": 300, "XB-YAR": 130}
_LARGE_COUNTS = {"XA-SVB": 14_000, "XB-YAR": 6_000}


@dataclass(frozen=True, slots=True)
class Demo:
    """Everything the demo loads, in the order it is loaded."""

    seed: int
    is_large: bool
    regions: tuple[RegionRow, ...]
    municipalities: tuple[MunicipalityRow, ...]
    geometry: Geometry
    indicators: tuple[IndicatorRow, ...]
    funds: tuple[FundRow, ...]
    themes: tuple[ThemeRow, ...]
    theme_mappings: tuple[ThemeMappingRow, ...]
    statuses: tuple[StatusRow, ...]  # words that no dictionary knows, but these funds do
    organisations: tuple[OrganisationRow, ...]  # each has a grant row at least
    people: tuple[PersonRow, ...]
    centres: tuple[CentreRow, ...]
    _tellers: "partial[Teller]" = field(repr=False, compare=False)

    def grants_of(self, fund: str) -> Iterator[GrantRow]:
        """Tell a fund's rows, oldest contest first; every call tells them anew, one contest held.

        Raises KeyError for a code that is not among `funds`.
        """
        if fund not in {row.code for row in self.funds}:
            raise KeyError(fund)
        return self._tellers().tell(fund)

    def list_of(self, region: str) -> Iterator[ListRow]:
        """Tell the rows of the list that a region's ministry gives its centre."""
        return list_of(region, self.organisations, self.municipalities, seed=self.seed)


def tell(seed: int, *, is_large: bool = False) -> Demo:
    """Tell the demo; a large one has 20,000 organisations and 50,000 applications."""
    regions, municipalities = stock.regions(), stock.municipalities()
    fields, cast = stock.fields(), stock.cast()
    funds = enlarged(stock.funds()) if is_large else stock.funds()
    counts = _LARGE_COUNTS if is_large else _COUNTS
    organisations = register(regions, municipalities, fields, cast.known, counts=counts, seed=seed)
    return Demo(
        seed=seed,
        is_large=is_large,
        regions=regions,
        municipalities=municipalities,
        geometry=draw(regions, municipalities, seed=seed),
        indicators=measured(regions, municipalities, seed=seed),
        funds=tuple(fund.row for fund in funds.values()),
        themes=_themes(),
        theme_mappings=_theme_mappings(),
        statuses=tuple(StatusRow(code, NOT_ADMITTED, "not_admitted") for code in funds),
        organisations=organisations,
        people=cast.people,
        centres=cast.centres,
        _tellers=partial(
            Teller,
            seed=seed,
            regions=regions,
            municipalities=municipalities,
            organisations=organisations,
            fields=fields,
            funds=funds,
            cast=cast,
        ),
    )


def _themes() -> tuple[ThemeRow, ...]:
    return tuple(
        ThemeRow(region, code, name_ru, name_en)
        for region, words in stock.themes().items()
        for code, name_ru, name_en in words.themes
    )


def _theme_mappings() -> tuple[ThemeMappingRow, ...]:
    """Say for every region and every fund it knows where each direction belongs."""
    return tuple(
        ThemeMappingRow(region, code, direction, theme)
        for region, words in stock.themes().items()
        for code, fund in stock.funds().items()
        if fund.row.region in {"", region}
        for direction, theme in zip(
            fund.directions,
            {"FUND1": words.national, "FUND2": words.culture}.get(code, words.own),
            strict=True,
        )
    )
