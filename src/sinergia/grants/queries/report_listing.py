"""The list of reports: what is asked of it, and the rows that answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from sinergia.base.asking import ListFilter, one_of
from sinergia.engine.text import fold
from sinergia.grants.access import of_centre, run_at
from sinergia.grants.models import Grant, Report, Spending
from sinergia.grants.queries.listing import MINE, numbered
from sinergia.grants.queries.reports import OPEN, waiting, whole_reports
from sinergia.organisations.models import Centre
from sinergia.people.models import Person

DUE, CHECKED, LATE, BACK, DONE = "due", "checked", "late", "returned", "accepted"
STATES = (LATE, DUE, CHECKED, BACK, DONE)


@dataclass(frozen=True)
class ReportFilter(ListFilter):
    """Which reports. state: one of STATES; who: MINE for those of grants one runs."""

    q: str = ""
    state: str = ""
    who: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "ReportFilter":
        """Read an address; what makes no sense is left out."""
        given = cls.texts_of(query)
        given["state"] = one_of(given["state"], STATES)
        given["who"] = given["who"] if given["who"] == MINE else ""
        return cls(**given)


def reports_seen(centre: Centre) -> QuerySet[Report]:
    """Reports of grants that a centre sees."""
    grants = Grant.objects.filter(of_centre(centre)).order_by()
    return whole_reports().filter(grant__in=grants.values("pk"))


def sums_of(rows: Sequence[Report]) -> dict[int, int]:
    """What the payments of some reports come to, minor units by primary key; one query.

    One that its people are writing is not there: its sum is theirs until it is handed in. Asked
    for the rows that are shown alone: in the query of a list each row would be summed to be sorted.
    """
    told = [one.pk for one in rows if one.stage not in OPEN]
    counted = Spending.objects.filter(report__in=told, removed_at=None).order_by()
    sums = counted.values_list("report").annotate(minor=Sum("sum_minor"))
    return dict.fromkeys(told, 0) | dict(sums)


def asked_of(
    rows: QuerySet[Report], asked: ReportFilter, *, mine: Q, today: date
) -> QuerySet[Report]:
    """Those that are asked for, in no order yet. mine: grants that the reader runs."""
    found = Q()
    if asked.state:
        found &= _state(asked.state, today)
    if asked.who:
        found &= _of_grants(mine)
    for word in fold(asked.q).split():
        named = Q(grant__application__title_folded__contains=word)
        named |= Q(grant__organisation__name_folded__contains=word)
        found &= named | numbered(word, "grant__number")
    return rows.filter(found)


def counts_of(rows: QuerySet[Report], *, today: date) -> dict[str, int]:
    """How many there are in each state; one query."""
    told = {f"n_{state}": Count("pk", filter=_state(state, today)) for state in STATES}
    counted = rows.order_by().aggregate(**told, all=Count("pk"))
    return {name.removeprefix("n_"): number for name, number in counted.items()}


def to_check(centre: Centre, person: Person) -> QuerySet[Report]:
    """Reports that wait for a check by whoever runs their grants."""
    rows = reports_seen(centre).filter(_state(CHECKED, date.max))
    return rows.filter(_of_grants(run_at(person, centre)))


def late_ones(centre: Centre, person: Person, *, today: date) -> QuerySet[Report]:
    """Reports of grants that a person runs whose day has passed."""
    rows = reports_seen(centre).filter(_state(LATE, today))
    return rows.filter(_of_grants(run_at(person, centre)))


def own_to_write(organisation: int) -> QuerySet[Report]:
    """Reports that an organisation writes, the most pressing first."""
    return _own(organisation).filter(stage__in=OPEN).exclude(stage=Report.Stage.SIGNING)


def own_to_be_signed(organisation: int) -> QuerySet[Report]:
    """Reports that an organisation has written and whoever leads it hands in."""
    return _own(organisation).filter(stage=Report.Stage.SIGNING)


def _own(organisation: int) -> QuerySet[Report]:
    rows = whole_reports().filter(grant__organisation=organisation)
    return rows.filter(grant__stage=Grant.Stage.UNDER_WAY).order_by("due_on", "pk")


def _of_grants(which: Q) -> Q:
    return Q(grant__in=Grant.objects.filter(which).order_by().values("pk"))


def _state(state: str, today: date) -> Q:
    is_open = Q(stage__in=OPEN, grant__stage=Grant.Stage.UNDER_WAY)
    return {
        LATE: is_open & ~waiting() & Q(due_on__lt=today),
        DUE: is_open & (waiting() | Q(due_on__gte=today)),
        CHECKED: Q(stage=Report.Stage.SUBMITTED, grant__stage=Grant.Stage.UNDER_WAY),
        BACK: Q(stage=Report.Stage.RETURNED) | Q(stage="signing", submitted_at__isnull=False),
        DONE: Q(stage=Report.Stage.ACCEPTED),
    }[state]
