"""What is measured about the regions, year by year; every value is invented and says so."""

from collections.abc import Sequence
from random import Random

from sinergia.web.demo.rows import IndicatorRow, MunicipalityRow, RegionRow

_YEARS = range(2020, 2026)
_SOURCE = "Вымышленные данные для демонстрации"
_NAMES = {
    "population": ("Население", "Population"),
    "npo_registered": ("Некоммерческих организаций в реестре", "Non-profits in the register"),
    "trust": ("Доверяют некоммерческим организациям", "Trust non-profits"),
    "volunteering": ("Были добровольцами за год", "Volunteered within a year"),
    "giving": ("Жертвовали на добрые дела за год", "Gave to good causes within a year"),
}
# Shares of adults by a poll: how fast they grow, then the value of 2025 and its margin of error.
_SHARES = {
    "trust": (1.7, {"XA-SVB": ("46.8", "3.1"), "XB-YAR": ("33.4", "3.8")}),
    "volunteering": (0.9, {"XA-SVB": ("18.2", "2.4"), "XB-YAR": ("9.6", "2.7")}),
    "giving": (0.7, {"XA-SVB": ("41.5", "3.1"), "XB-YAR": ("28.9", "3.6")}),
}
_REGISTERED = {"XA-SVB": (1_486, 21), "XB-YAR": (742, 34)}
_SHRINKING = 0.0041  # of the people, a year


def measured(
    regions: Sequence[RegionRow], municipalities: Sequence[MunicipalityRow], *, seed: int
) -> tuple[IndicatorRow, ...]:
    """List population, registered non-profits and three shares from polls, by region and year."""
    chance = Random(f"{seed}:indicators")  # noqa: S311
    rows: list[IndicatorRow] = []
    for region in regions:
        people = sum(town.population for town in municipalities if town.region == region.code)
        registered, growth = _REGISTERED[region.code]
        for year in _YEARS:
            past = _YEARS[-1] - year
            counted = {
                "population": ("people", round(people * (1 + _SHRINKING * past))),
                "npo_registered": ("organisations", registered - growth * past),
            }
            rows += [
                _row(region.code, code, year, str(value), unit)
                for code, (unit, value) in counted.items()
            ]
            for code, (yearly, last) in _SHARES.items():
                value, margin = last[region.code]
                drift = 0.0 if not past else chance.uniform(-0.8, 0.8)
                share = float(value) - yearly * past + drift
                rows.append(_row(region.code, code, year, f"{share:.1f}", "%", margin))
    return tuple(rows)


def _row(
    region: str, code: str, year: int, value: str, unit: str, margin: str = ""
) -> IndicatorRow:
    return IndicatorRow(region, code, f"{year}-12-31", value, unit, _SOURCE, margin, *_NAMES[code])
