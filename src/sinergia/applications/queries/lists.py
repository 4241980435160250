"""The public list of applications: its rows, its totals, what its filter offers."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Length

from sinergia.applications.models import Application, Doubt
from sinergia.applications.queries.filters import OUTCOMES, ApplicationFilter, applications
from sinergia.calls.models import Call, Fund
from sinergia.organisations.models import Identifier
from sinergia.places.models import Region

WON = Q(outcome__in=OUTCOMES["won"])
INN_OF_ORGANISATION = 10  # digits; twelve are a person's


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


def listed(asked: ApplicationFilter) -> QuerySet[Application]:
    """The rows with all that a line of the list shows, in no order yet."""
    waiting = Doubt.objects.filter(application=OuterRef("pk"), settled_at__isnull=True)
    return (
        applications(asked)
        .select_related("organisation", "fund", "region", "municipality")
        .annotate(awaits=Exists(waiting))
    )


def totals(asked: ApplicationFilter) -> Totals:
    """Count the rows in one pass; a second one where there are several currencies."""
    rows = applications(asked).order_by()
    counted = list(
        rows.values_list("currency")
        .annotate(
            rows=Count("pk"),
            won=Count("pk", filter=WON),
            asked=Sum("asked_minor"),
            awarded=Coalesce(Sum("awarded_minor", filter=WON), 0),
            organisations=Count("organisation", distinct=True),
            declined=Count("pk", filter=Q(outcome__in=OUTCOMES["declined"])),
        )
        .order_by("-rows", "currency")
    )
    return Totals(
        rows=sum(one[1] for one in counted),
        organisations=_different(rows) if len(counted) > 1 else sum(one[5] for one in counted),
        declined=sum(one[6] for one in counted),
        money=[Money(*one[:5]) for one in counted],
    )


def choices() -> Choices:
    """Regions and funds by name, years the last first. Three queries."""
    years = Call.objects.filter(contest_year__gt=0).order_by("-contest_year")
    return Choices(
        regions=list(Region.objects.order_by("name_folded", "pk")),
        funds=list(Fund.objects.order_by("name_ru", "pk")),
        years=list(years.values_list("contest_year", flat=True).distinct()),
    )


def exported(asked: ApplicationFilter) -> QuerySet[Application]:
    """The rows with all that a line of the file holds, in no order yet."""
    return listed(asked).select_related("call", "direction", "status").annotate(
        ogrn=Subquery(_number(Identifier.Scheme.OGRN)),
        inn=Subquery(_number(Identifier.Scheme.INN)),
    )


def _number(scheme: str) -> QuerySet[Identifier, str]:
    """The organisation's number, but never a person's."""
    theirs = Identifier.objects.filter(organisation=OuterRef("organisation"), scheme=scheme)
    if scheme == Identifier.Scheme.INN:
        theirs = theirs.annotate(digits=Length("value")).filter(digits=INN_OF_ORGANISATION)
    return theirs.values_list("value", flat=True)[:1]


def _different(rows: QuerySet[Application]) -> int:
    return rows.aggregate(found=Count("organisation", distinct=True))["found"]
