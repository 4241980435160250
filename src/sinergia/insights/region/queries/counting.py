"""How rows become figures: a group by in the database for each table of the page, no more.

Every count starts from `applications(asked)`, the rows that its link opens.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    FilteredRelation,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from sinergia.applications.models import Application
from sinergia.applications.queries.filters import (
    NONE,
    OUTCOMES,
    SIZES,
    ApplicationFilter,
    applications,
    awaits_a_person,
    earlier_wins,
    other_wins,
)
from sinergia.calls.models import Fund
from sinergia.insights.region.queries.figures import FundName, Tally
from sinergia.places.models import Region

WON = Q(outcome__in=OUTCOMES["won"])
SIZE = Case(
    *[
        When(asked_minor__lte=bound * 100, then=Value(code))
        for code, bound in SIZES.items()
        if bound is not None
    ],
    default=Value(next(code for code, bound in SIZES.items() if bound is None)),
    output_field=CharField(),
)


class Place(NamedTuple):
    """Where a group of rows belongs: everything that one pass over them tells apart."""

    currency: str
    year: int
    fund: str  # code
    outcome: str
    size: str


class Name(NamedTuple):
    """What a group of rows is called: a theme, a municipality; `none` has no name."""

    code: str
    ru: str
    en: str


class People(NamedTuple):
    """Different organisations: that applied, that won, that won more than once.

    awaiting: rows that a person has to decide something about, most often whose they are.
    """

    organisations: int = 0
    winners: int = 0
    several: int = 0
    awaiting: int = 0


def tallies(asked: ApplicationFilter) -> dict[Place, Tally]:
    """Count by year, fund, outcome and size at once: the ground of most figures."""
    rows = (
        applications(asked)
        .annotate(size_code=SIZE)
        .order_by()
        .values_list("currency", "contest_year", "fund__code", "outcome", "size_code")
        .annotate(rows=Count("pk"), awarded=Sum("awarded_minor"))
    )
    return {
        Place(*place): Tally(rows=count, won=count, awarded_minor=awarded)
        if place[3] in OUTCOMES["won"]
        else Tally(rows=count)
        for *place, count, awarded in rows
    }


def tallies_by_municipality(asked: ApplicationFilter) -> dict[str, dict[Name, Tally]]:
    """Count by the municipality as filed; currency -> municipality -> tally."""
    names = ("municipality__key", "municipality__name_ru", "municipality__name_en")
    return _named(applications(asked), *names)


def tallies_by_theme(asked: ApplicationFilter, region: Region) -> dict[str, dict[Name, Tally]]:
    """Count by the region's own themes, through its mapping of the funds' directions."""
    mapped = FilteredRelation("direction__themes", condition=Q(direction__themes__region=region.pk))
    names = ("mapped__theme__key", "mapped__theme__name_ru", "mapped__theme__name_en")
    return _named(applications(asked).annotate(mapped=mapped), *names)


def people(asked: ApplicationFilter) -> dict[str, People]:
    """Count different organisations by currency; rows that await a person have none."""
    rows = (
        applications(asked)
        .order_by()
        .values_list("currency")
        .annotate(
            organisations=Count("organisation", distinct=True),
            winners=Count("organisation", distinct=True, filter=WON),
            several=Count(
                "organisation", distinct=True, filter=WON & Q(Exists(other_wins(asked.fund)))
            ),
            awaiting=Count("pk", filter=awaits_a_person()),
        )
    )
    return {currency: People(*counts) for currency, *counts in rows}


def winners_by_year(asked: ApplicationFilter) -> dict[str, dict[int, tuple[int, int]]]:
    """Count winners of each known year and those among them that had won before it."""
    rows = (
        applications(asked.with_(outcome="won"))
        .filter(contest_year__gt=0, organisation__isnull=False)
        .order_by("contest_year")
        .values_list("currency", "contest_year")
        .annotate(
            winners=Count("organisation", distinct=True),
            repeated=Count("organisation", distinct=True, filter=Exists(earlier_wins(asked.fund))),
        )
    )
    found: dict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
    for currency, year, winners, repeated in rows:
        found[currency][year] = (winners, repeated)
    return found


def funds_and_years(region: Region) -> list[tuple[FundName, int]]:
    """List which funds the region's rows are of, and of which years."""
    rows = (
        applications(ApplicationFilter(region=region.code))
        .order_by("fund__code", "contest_year")
        .values_list(
            "fund__code", "fund__name_ru", "fund__name_en", "fund__currency", "contest_year"
        )
        .distinct()
    )
    return [(FundName(*fund), year) for *fund, year in rows]


def all_funds() -> list[FundName]:
    """Every fund by its code."""
    rows = Fund.objects.order_by("code").values_list("code", "name_ru", "name_en", "currency")
    return [FundName(*row) for row in rows]


def fund_named(code: str) -> FundName | None:
    """A fund by its code, as it is written."""
    return next((fund for fund in all_funds() if fund.code == code), None)


def funds_with(funds: Sequence[FundName], asked: str) -> list[FundName]:
    """The funds to choose from: those of the figures, and the one an address asks for."""
    if not asked or asked in {fund.code for fund in funds}:
        return list(funds)
    return [*funds, *filter(None, [fund_named(asked)])]


def summed(found: Mapping[Place, Tally], part: str) -> dict[str, Tally]:
    """Add tallies up by one part of their place."""
    totals: dict[str, Tally] = defaultdict(Tally)
    for place, tally in found.items():
        totals[str(getattr(place, part))] += tally
    return totals


def rows_with(found: Mapping[Place, Tally], outcomes: Iterable[str]) -> int:
    """Count rows of some outcomes."""
    wanted = set(outcomes)
    return sum(tally.rows for place, tally in found.items() if place.outcome in wanted)


def _named(
    rows: QuerySet[Application], key: str, name_ru: str, name_en: str
) -> dict[str, dict[Name, Tally]]:
    counted = (
        rows.order_by()
        .values_list("currency", key, name_ru, name_en)
        .annotate(
            rows=Count("pk"),
            won_rows=Count("pk", filter=WON),
            awarded=Coalesce(Sum("awarded_minor", filter=WON), 0),
        )
    )
    found: dict[str, dict[Name, Tally]] = defaultdict(dict)
    for currency, code, ru, en, count, won, awarded in counted:
        name = Name(str(code), ru, en) if code else Name(NONE, "", "")
        found[currency][name] = Tally(count, won, awarded)
    return found
