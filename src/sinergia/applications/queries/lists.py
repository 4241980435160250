"""The public list of applications: its rows, its totals, what its filter offers."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Sum

from sinergia.applications.models import Application, Doubt
from sinergia.applications.queries.filters import OUTCOMES, ApplicationFilter, applications
from sinergia.calls.models import Fund
from sinergia.calls.queries import calls_shown
from sinergia.organisations.models import Identifier
from sinergia.organisations.queries import number_of
from sinergia.organisations.queries.card import knows_hidden
from sinergia.people.models import Person
from sinergia.places.models import Region

LATEST = 10  # rows that stand on a card of another thing


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


def shown(rows: Sequence[Application], reader: Person | None) -> list[Application]:
    """The same rows, in their order, with all that a line of the list shows `reader`."""
    whole = _whole(Application.objects.all(), reader).in_bulk([row.pk for row in rows])
    return [whole[row.pk] for row in rows if row.pk in whole]


def latest(asked: ApplicationFilter) -> list[Application]:
    """A few of the rows, of the last years first; they are few in all, those of one thing."""
    return list(_whole(applications(asked), None).order_by("-contest_year", "-pk")[:LATEST])


def exported(asked: ApplicationFilter, reader: Person | None) -> QuerySet[Application]:
    """The rows with all that a line of the file holds for `reader`, in no order yet."""
    return (
        _whole(applications(asked), reader)
        .select_related("call", "direction", "status")
        .annotate(
            ogrn=Subquery(number_of(Identifier.Scheme.OGRN, OuterRef("organisation"))),
            inn=Subquery(number_of(Identifier.Scheme.INN, OuterRef("organisation"))),
        )
    )


def totals(asked: ApplicationFilter) -> Totals:
    """Count the rows: two queries.

    By region and fund as well, though nobody asks it: an index holds the rows in that order, and
    of a hundred thousand the sums are there in half the time.
    """
    rows = applications(asked).order_by()
    different = rows.filter(organisation__isnull=False)
    organisations: int = different.aggregate(n=Count("organisation", distinct=True))["n"]
    grouped = rows.values_list("region", "fund", "outcome", "currency").annotate(
        n=Count("*"), asked=Sum("asked_minor"), awarded=Sum("awarded_minor")
    )
    count = declined = 0
    money: dict[str, Counter[str]] = defaultdict(Counter)
    for _region, _fund, outcome, currency, n, asked_minor, awarded_minor in grouped:
        of = money[currency]
        count += n
        declined += n if outcome in OUTCOMES["declined"] else 0
        of.update(rows=n, asked_minor=asked_minor)
        if outcome in OUTCOMES["won"]:
            of.update(won=n, awarded_minor=awarded_minor)
    told = [
        Money(currency, of["rows"], of["won"], of["asked_minor"], of["awarded_minor"])
        for currency, of in sorted(money.items())
    ]
    return Totals(count, organisations, declined, told)


def choices() -> Choices:
    """Regions and funds by name, years the last first. Three queries."""
    years = calls_shown().filter(contest_year__gt=0).order_by("-contest_year")
    return Choices(
        regions=list(Region.objects.order_by("name_folded", "pk")),
        funds=list(Fund.objects.order_by("name_ru", "pk")),
        years=list(years.values_list("contest_year", flat=True).distinct()),
    )


def _whole(rows: QuerySet[Application], reader: Person | None) -> QuerySet[Application]:
    waiting = Doubt.objects.filter(application=OuterRef("pk"), settled_at__isnull=True)
    return rows.select_related("organisation", "fund", "region", "municipality").annotate(
        awaits=Exists(waiting), knows_owner=knows_hidden(reader, "organisation")
    )
