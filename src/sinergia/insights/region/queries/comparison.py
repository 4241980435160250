"""Regions side by side, and the whole installation: for those who signed in, and the front page."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce

from sinergia.applications.queries.filters import NONE, ApplicationFilter, applications
from sinergia.insights.region.queries.counting import WON, all_funds
from sinergia.insights.region.queries.figures import (
    MINOR,
    ORGANISATIONS,
    Figure,
    FundName,
    Tally,
)
from sinergia.places.models import Region
from sinergia.places.queries import regions

EVERYWHERE = ""  # no region is asked


@dataclass(frozen=True)
class Awarded:
    """What the won were given, in one currency."""

    currency: str
    figure: Figure


@dataclass(frozen=True)
class RegionLine:
    """One region; `region` is None for all together and for the rows that name none."""

    region: Region | None
    submitted: Figure
    organisations: Figure
    won: Figure
    awarded: Sequence[Awarded]  # a sum for each currency in which something was won

    @property
    def share(self) -> float | None:
        """Won of submitted, 0 to 1; none where nothing was submitted."""
        return self.won.value / self.submitted.value if self.submitted.value else None


@dataclass(frozen=True)
class Comparison:
    """Regions by name, the rows that name none of them, and everything together."""

    asked: ApplicationFilter
    lines: Sequence[RegionLine]  # every region, those at zero too
    nowhere: RegionLine
    total: RegionLine
    funds: Sequence[FundName]
    years: Sequence[int]  # the last first; 0 where some rows have none


@dataclass(frozen=True)
class _Counted:
    """By a region's code, NONE or EVERYWHERE: tallies by currency, and different organisations."""

    tallies: Mapping[str, Mapping[str, Tally]]
    organisations: Mapping[str, int]
    has_several_currencies: bool


def compared(*, fund: str = "", year: str = "") -> Comparison:
    """Count every region and all of them: one fund or all, one year or all. Six queries."""
    asked = ApplicationFilter(fund=fund, year=year)
    counted = _counted(asked)
    return Comparison(
        asked=asked,
        lines=[_line(asked, counted, region.code, region) for region in regions()],
        nowhere=_line(asked, counted, NONE),
        total=_line(asked, counted, EVERYWHERE),
        funds=all_funds(),
        years=years_of_contests(),
    )


def region_by_code(code: str) -> Region | None:
    """A region by its code, as it is written."""
    return Region.objects.filter(code=code).first() if "\x00" not in code else None


def years_of_contests() -> list[int]:
    """Years that some application is of, the last first; 0 where some have none."""
    rows = applications(ApplicationFilter()).order_by("-contest_year")
    return list(rows.values_list("contest_year", flat=True).distinct())


def _counted(asked: ApplicationFilter) -> _Counted:
    tallies: dict[str, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    rows = (
        applications(asked)
        .order_by()
        .values_list("region__code", "currency")
        .annotate(
            rows=Count("pk"),
            won_rows=Count("pk", filter=WON),
            awarded=Coalesce(Sum("awarded_minor", filter=WON), 0),
        )
    )
    for code, currency, *counts in rows:
        for key in (code or NONE, EVERYWHERE):
            tallies[key][currency] += Tally(*counts)
    return _Counted(tallies, _organisations(asked), len(tallies[EVERYWHERE]) > 1)


def _organisations(asked: ApplicationFilter) -> dict[str, int]:
    """Count different ones: all together are fewer than the sum, where some moved."""
    rows = applications(asked).order_by()
    by_region = rows.values_list("region__code").annotate(
        different=Count("organisation", distinct=True)
    )
    found = {code or NONE: different for code, different in by_region}
    everywhere = rows.aggregate(different=Count("organisation", distinct=True))
    return found | {EVERYWHERE: everywhere["different"]}


def _line(
    everywhere: ApplicationFilter, counted: _Counted, code: str, region: Region | None = None
) -> RegionLine:
    asked = everywhere.with_(region=code)
    won, tallies = asked.with_(outcome="won"), counted.tallies.get(code, {})
    total = sum(tallies.values(), Tally())
    return RegionLine(
        region=region,
        submitted=Figure(total.rows, asked),
        organisations=Figure(counted.organisations.get(code, 0), asked, ORGANISATIONS),
        won=Figure(total.won, won),
        awarded=[
            Awarded(currency, Figure(tally.awarded_minor, rows, MINOR))
            for currency, tally in sorted(tallies.items())
            for rows in [won.with_(currency=currency) if counted.has_several_currencies else won]
            if tally.won
        ],
    )
