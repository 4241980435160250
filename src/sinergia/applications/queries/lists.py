"""The public list of applications: its rows, its totals, what its filter offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from sinergia.applications.models import Application, Doubt
from sinergia.applications.queries.filters import OUTCOMES, ApplicationFilter, applications
from sinergia.calls.models import Fund
from sinergia.calls.queries import calls_shown
from sinergia.organisations.models import Identifier
from sinergia.organisations.queries import number_of
from sinergia.places.models import Region

WON = Q(outcome__in=OUTCOMES["won"])
LATEST = 10  # rows that stand on a card of another thing
_COUNTED = {
    "rows": Count("pk"),
    "won": Count("pk", filter=WON),
    "asked": Coalesce(Sum("asked_minor"), 0),
    "awarded": Coalesce(Sum("awarded_minor", filter=WON), 0),
}


@dataclass(frozen=True)
class Money:
    """Rows in one currency; sums in its minor units. awarded_minor: of the won ones."""

    currency: str
    rows: int
    won: int
    asked_minor: int
    awarded_minor: int


@dataclass(frozen=True)
class Totals:
    """What a filter counts: rows, different organisations, sums that are never added across."""

    rows: int
    organisations: int
    declined: int
    money: Sequence[Money]

    @property
    def won(self) -> int:
        """Rows won, in whatever currency."""
        return sum(one.won for one in self.money)


@dataclass(frozen=True)
class Choices:
    """What the filter's lists offer."""

    regions: Sequence[Region]
    funds: Sequence[Fund]
    years: Sequence[int]  # the last first


def narrow(asked: ApplicationFilter) -> QuerySet[Application]:
    """The rows with their keys alone, in no order yet: what is sorted should be thin."""
    return applications(asked).only("key")


def shown(rows: Sequence[Application]) -> list[Application]:
    """The same rows, in their order, with all that a line of the list shows."""
    whole = _whole(Application.objects.all()).in_bulk([row.pk for row in rows])
    return [whole[row.pk] for row in rows if row.pk in whole]


def latest(asked: ApplicationFilter) -> list[Application]:
    """A few of the rows, of the last years first; they are few in all, those of one thing."""
    return list(_whole(applications(asked)).order_by("-contest_year", "-pk")[:LATEST])


def exported(asked: ApplicationFilter) -> QuerySet[Application]:
    """The rows with all that a line of the file holds, in no order yet."""
    return (
        _whole(applications(asked))
        .select_related("call", "direction", "status")
        .annotate(
            ogrn=Subquery(number_of(Identifier.Scheme.OGRN, OuterRef("organisation"))),
            inn=Subquery(number_of(Identifier.Scheme.INN, OuterRef("organisation"))),
        )
    )


def totals(asked: ApplicationFilter) -> Totals:
    """Count the rows: two queries, three where there are several currencies.

    Grouping sorts every row, so it is left out where one currency is all there is.
    """
    rows = applications(asked).order_by()
    all_of = rows.aggregate(
        **_COUNTED,
        declined=Count("pk", filter=Q(outcome__in=OUTCOMES["declined"])),
        first=Min("currency"),
        last=Max("currency"),
    )
    different = rows.filter(organisation__isnull=False)
    organisations: int = different.aggregate(n=Count("organisation", distinct=True))["n"]
    money: list[Money] = []
    if all_of["first"] == all_of["last"]:
        money = [_money(all_of["first"], all_of)] if all_of["rows"] else []
    else:
        grouped = rows.values("currency").annotate(**_COUNTED)
        by_currency = {str(one["currency"]): dict(one) for one in grouped}
        money = [_money(currency, by_currency[currency]) for currency in sorted(by_currency)]
    return Totals(all_of["rows"], organisations, all_of["declined"], money)


def choices() -> Choices:
    """Regions and funds by name, years the last first. Three queries."""
    years = calls_shown().filter(contest_year__gt=0).order_by("-contest_year")
    return Choices(
        regions=list(Region.objects.order_by("name_folded", "pk")),
        funds=list(Fund.objects.order_by("name_ru", "pk")),
        years=list(years.values_list("contest_year", flat=True).distinct()),
    )


def _whole(rows: QuerySet[Application]) -> QuerySet[Application]:
    waiting = Doubt.objects.filter(application=OuterRef("pk"), settled_at__isnull=True)
    return rows.select_related("organisation", "fund", "region", "municipality").annotate(
        awaits=Exists(waiting)
    )


def _money(currency: str, counted: Mapping[str, Any]) -> Money:
    return Money(
        currency=currency,
        rows=counted["rows"],
        won=counted["won"],
        asked_minor=counted["asked"],
        awarded_minor=counted["awarded"],
    )
