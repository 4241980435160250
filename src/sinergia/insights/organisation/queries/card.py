"""What one organisation filed, by fund and year."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from sinergia.applications.queries.filters import (
    NONE,
    OUTCOMES,
    ApplicationFilter,
    applications,
)
from sinergia.calls.models import Fund
from sinergia.organisations.models import Organisation

WON = Q(outcome__in=OUTCOMES["won"])


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
