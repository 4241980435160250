"""Organisations seen along the thread: the register with what each applied for, and one card."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from sinergia.applications.queries.filters import (
    NONE,
    OUTCOMES,
    ApplicationFilter,
    applications,
)
from sinergia.applications.queries.winners import organisations_with
from sinergia.calls.models import Fund
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries import organisations, with_words

FILED = "filed_"  # before the names of what is asked of the applications
WON = Q(outcome__in=OUTCOMES["won"])
HAS = {
    "applications": Q(applications_count__gt=0),
    "grants": Q(won_count__gt=0),
    "none": Q(applications_count=0),
}


@dataclass(frozen=True)
class OrganisationFilter:
    """What a reader asked to see of the register; junk means nothing.

    q: words of the name in any case form, or the beginning of a number; region: the
    organisation's own, a code or `none`; municipality: a key; has: a key of HAS; filed: what
    at least one of its applications must be.
    """

    q: str = ""
    region: str = ""
    municipality: str = ""
    has: str = ""
    filed: ApplicationFilter = field(default_factory=ApplicationFilter)

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "OrganisationFilter":
        """Read an address; unknown names and values that cannot be are dropped."""
        # The names that both filters share are read, and cleaned, by one function.
        own = ApplicationFilter.from_query(query)
        has = query.get("has", "")
        return cls(
            q=own.q,
            region=own.region,
            municipality=own.municipality,
            has=has if has in HAS else "",
            filed=ApplicationFilter.from_query(query, FILED),
        )

    @property
    def values(self) -> dict[str, str]:
        """What is asked, by its name in an address; empty ones left out."""
        own = {"q": self.q, "region": self.region, "municipality": self.municipality}
        filed = {FILED + name: value for name, value in self.filed.values.items()}
        return {name: value for name, value in {**own, "has": self.has, **filed}.items() if value}

    def to_query(self, **more: str) -> str:
        """Write an address's query without what is empty; `more` overrides or adds."""
        given = self.values | more
        return urlencode({name: value for name, value in given.items() if value})


def found(asked: OrganisationFilter) -> QuerySet[Organisation]:
    """The organisations that `asked` names, in no order yet."""
    rows = organisations()
    if asked.filed.values:
        rows = organisations_with(asked.filed).select_related("region", "municipality")
    if asked.region:
        is_none = asked.region == NONE
        rows = rows.filter(region=None) if is_none else rows.filter(region__code=asked.region)
    if asked.municipality:
        wanted = None if asked.municipality == NONE else UUID(asked.municipality)
        rows = rows.filter(municipality__key=wanted) if wanted else rows.filter(municipality=None)
    if asked.has:
        rows = rows.filter(HAS[asked.has])
    return with_words(rows, asked.q)


@dataclass(frozen=True)
class Line:
    """What an organisation filed with one fund in one year, or in all; sums in minor units.

    asked: the filter that opens its rows.
    """

    fund: Fund | None
    year: int | None  # 0: not known; none: a total
    currency: str
    submitted: int
    won: int
    declined: int
    pending: int
    asked_minor: int
    awarded_minor: int
    asked: ApplicationFilter

    @property
    def rows_query(self) -> str:
        """The query of the address that opens every row of the line."""
        return self.asked.to_query()

    @property
    def won_query(self) -> str:
        """The query of the address that opens the won ones."""
        return self.asked.with_(outcome="won").to_query()

    @property
    def pending_query(self) -> str:
        """The query of the address that opens those under review."""
        return self.asked.with_(outcome="pending").to_query()


@dataclass(frozen=True)
class Card:
    """What an organisation filed, by fund and year; a total for each currency."""

    lines: Sequence[Line]
    totals: Sequence[Line]


def card_of(organisation: Organisation) -> Card:
    """Count an organisation's applications in one pass; funds by name, years the last first."""
    theirs = ApplicationFilter(organisation=str(organisation.key))
    rows = (
        applications(theirs)
        .order_by()
        .values_list("fund", "contest_year", "currency")
        .annotate(
            submitted=Count("pk"),
            won=Count("pk", filter=WON),
            declined=Count("pk", filter=Q(outcome__in=OUTCOMES["declined"])),
            pending=Count("pk", filter=Q(outcome__in=OUTCOMES["pending"])),
            asked=Sum("asked_minor"),
            awarded=Coalesce(Sum("awarded_minor", filter=WON), 0),
        )
    )
    counted = list(rows)
    funds = Fund.objects.in_bulk({fund for fund, *_rest in counted})
    lines = [_line(funds[fund], year, rest, theirs) for fund, year, *rest in counted]
    lines.sort(key=lambda line: (line.fund.name if line.fund else "", -(line.year or 0)))
    by_currency: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_currency[line.currency].append(line)
    totals = [_total(currency, of, theirs) for currency, of in sorted(by_currency.items())]
    return Card(lines, totals)


def _line(fund: Fund, year: int, rest: Sequence[object], theirs: ApplicationFilter) -> Line:
    currency, *counts = rest
    submitted, won, declined, pending, asked, awarded = (int(str(one)) for one in counts)
    return Line(
        fund=fund,
        year=year,
        currency=str(currency),
        submitted=submitted,
        won=won,
        declined=declined,
        pending=pending,
        asked_minor=asked,
        awarded_minor=awarded,
        asked=theirs.with_(
            fund=fund.code, year=f"{year:04}" if year else NONE, currency=str(currency)
        ),
    )


def _total(currency: str, lines: Sequence[Line], theirs: ApplicationFilter) -> Line:
    return Line(
        fund=None,
        year=None,
        currency=currency,
        submitted=sum(line.submitted for line in lines),
        won=sum(line.won for line in lines),
        declined=sum(line.declined for line in lines),
        pending=sum(line.pending for line in lines),
        asked_minor=sum(line.asked_minor for line in lines),
        awarded_minor=sum(line.awarded_minor for line in lines),
        asked=theirs.with_(currency=currency),
    )
