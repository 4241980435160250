"""What a centre did in a period: contacts, minutes, different organisations and people."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import get_language

from sinergia.base.asking import ListFilter, key_text
from sinergia.base.tables.paging import PAGE_SIZE
from sinergia.organisations.models import Centre, Organisation
from sinergia.places.models import Municipality
from sinergia.support.models import (
    Client,
    Consultation,
    MoneySource,
    Promised,
    Training,
)
from sinergia.support.queries.consultations import (
    NONE,
    ConsultationFilter,
    asked_for,
    consultations_of,
    day_text,
)
from sinergia.support.queries.trainings import begins_within

PARTS = ("topic", "channel", "consultant", "municipality", "source")
_NAMES = {
    "topic": ("topic__key", "topic__name_ru", "topic__name_en"),
    "channel": ("channel",),
    "consultant": ("consultant__key", "consultant__name"),
    "municipality": ("municipality__key", "municipality__name_ru", "municipality__name_en"),
    "source": ("source__key", "source__name"),
}
_WHO = ("organisation", "client", "client__kind", "municipality")
_PERSON = Q(client__kind=Client.Kind.PERSON)
_GROUP = Q(client__kind=Client.Kind.GROUP)
Counts = Promised.Counts
Cell = Mapping[str, Any]


@dataclass(frozen=True)
class ReportFilter(ListFilter):
    """A period, both days in it, and of which money: a key, "none", "" for all."""

    since: date
    until: date
    source: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str], *, today: date) -> "ReportFilter":
        """Read an address; without days it is this month; a wrong order turns."""
        since, until = (day_text(str(query.get(name, ""))) for name in ("since", "until"))
        first = date.fromisoformat(since) if since else today.replace(day=1)
        last = date.fromisoformat(until) if until else max(first, end_of_month(today))
        source = str(query.get("source", ""))
        source = NONE if source == NONE else key_text(source)
        return cls(min(first, last), max(first, last), source)

    def rows(self, **more: str) -> ConsultationFilter:
        """The list of the same rows."""
        given = {"since": self.since.isoformat(), "until": self.until.isoformat()}
        return ConsultationFilter(**(given | {"source": self.source} | more))


@dataclass(frozen=True)
class Numbers:
    """Contacts and minutes; of whom different ones: organisations, people, groups."""

    contacts: int = 0
    minutes: int = 0
    organisations: int = 0
    people: int = 0
    groups: int = 0
    municipalities: int = 0


@dataclass(frozen=True)
class Line:
    """One topic, channel, consultant, municipality or source. value: as a filter asks for it."""

    value: str
    name: str
    numbers: Numbers


@dataclass(frozen=True)
class Kept:
    """A promise: what is done of it, from the first day of its source to the last of the period."""

    promised: Promised
    source: MoneySource
    since: date | None
    until: date
    done: int

    @property
    def missing(self) -> int:
        """How many are missing to the least; 0 once it is reached."""
        return max(self.promised.least - self.done, 0)


@dataclass(frozen=True)
class Report:
    """Everything that a report says."""

    asked: ReportFilter
    whole: Numbers
    parts: Mapping[str, Sequence[Line]] = field(default_factory=dict)
    kept: Sequence[Kept] = ()


@dataclass(frozen=True)
class Row:
    """One organisation, person, group, municipality or training behind a number."""

    key: str
    name: str
    contacts: int
    minutes: int
    last_on: date | None = None


@dataclass(frozen=True)
class Rows:
    """A page of such rows; keys as in `base.tables.paging.Page`."""

    rows: Sequence[Row]
    next_key: str = ""
    previous_key: str = ""


def page_of_rows(rows: Sequence[Row], *, after: str = "", before: str = "") -> Rows:
    """The rows after, or before, that of a key; else the first."""
    places = {row.key: place for place, row in enumerate(rows)}
    start = places[after] + 1 if after in places else 0
    start = max(places[before] - PAGE_SIZE, 0) if before in places else start
    shown = rows[start : start + PAGE_SIZE]
    return Rows(
        shown,
        next_key=shown[-1].key if start + PAGE_SIZE < len(rows) else "",
        previous_key=shown[0].key if start and shown else "",
    )


def end_of_month(day: date) -> date:
    """The last day of a day's month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def report_of(centre: Centre, sources: Sequence[MoneySource], asked: ReportFilter) -> Report:
    """Count everything: a query for the whole and its parts, two for what was promised."""
    rows = asked_for(centre, asked.rows()).order_by()
    columns = (*_WHO, *(name for names in _NAMES.values() for name in names))
    cells = list(rows.values(*columns).annotate(n=Count("pk"), m=Sum("minutes")))
    parts = {name: _lines(cells, name) for name in PARTS}
    return Report(asked, _told_apart(cells), parts, _kept(centre, sources, asked))


def behind(centre: Centre, asked: ReportFilter, of: str) -> list[Row]:
    """The rows under a number of different ones. of: as `words.behind_said` names them."""
    rows = asked_for(centre, asked.rows()).order_by()
    if of == "organisations":
        return _behind(rows, "organisation", Organisation)
    if of in ("people", "groups"):
        return _behind(rows.filter(_PERSON if of == "people" else _GROUP), "client", Client)
    if of == "municipalities":
        return _behind(rows, "municipality", Municipality)
    held = _trainings(centre, asked).annotate(
        n=Count("enrolments", filter=Q(enrolments__attended_at__isnull=False))
    )
    found, zone = held.order_by("starts_at", "pk"), ZoneInfo(centre.time_zone)
    days = ((one, timezone.localdate(one.starts_at, zone)) for one in found)
    return [Row(str(one.key), one.name, one.n, 0, day) for one, day in days]


def _counted() -> dict[str, Any]:
    """What is counted of consultations, each different one once."""
    return {
        "contacts": Count("pk"),
        "minutes": Sum("minutes"),
        "organisations": Count("organisation", distinct=True),
        "people": Count("client", filter=_PERSON, distinct=True),
        "groups": Count("client", filter=_GROUP, distinct=True),
        "municipalities": Count("municipality", distinct=True),
    }


def _numbers(cell: Mapping[str, Any]) -> Numbers:
    return Numbers(**{one.name: cell[one.name] or 0 for one in fields(Numbers)})


def _told_apart(cells: Iterable[Cell]) -> Numbers:
    """Count each different one once; cells: alike consultations together."""
    contacts = minutes = 0
    found: dict[str, set[int]] = {"organisation": set(), "municipality": set()}
    clients: dict[str, set[int]] = {one: set() for one in Client.Kind.values}
    for cell in cells:
        contacts, minutes = contacts + cell["n"], minutes + cell["m"]
        for column, keys in found.items():
            if cell[column] is not None:
                keys.add(cell[column])
        if cell["client"] is not None:
            clients[cell["client__kind"]].add(cell["client"])
    people, groups = (len(clients[one]) for one in (Client.Kind.PERSON, Client.Kind.GROUP))
    organisations, municipalities = (len(keys) for keys in found.values())
    return Numbers(contacts, minutes, organisations, people, groups, municipalities)


def _lines(cells: Iterable[Cell], part: str) -> list[Line]:
    names = _NAMES[part]
    apart: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        apart[NONE if cell[names[0]] is None else str(cell[names[0]])].append(cell)
    found = [Line(key, _named(some[0], names), _told_apart(some)) for key, some in apart.items()]
    return sorted(found, key=lambda one: (-one.numbers.contacts, one.name, one.value))


def _named(cell: Mapping[str, Any], names: Sequence[str]) -> str:
    """The name in the reader's language; of a channel its code, which words turn."""
    told = [cell[name] or "" for name in names[1:]] or [str(cell[names[0]])]
    is_english = get_language() == "en" and len(told) > 1 and told[1]
    return str(told[1] if is_english else told[0])


def _kept(centre: Centre, known: Sequence[MoneySource], asked: ReportFilter) -> list[Kept]:
    """What was promised for the sources of this report that have begun by its last day."""
    if asked.source == NONE:
        return []
    sources = [
        one
        for one in known
        if asked.source in ("", str(one.key)) and (one.since is None or one.since <= asked.until)
    ]
    terms = {one.pk: _term(one, asked) for one in sources}
    due = [(one, source) for source in sources for one in source.promised.all()]
    if not due:
        return []
    counted = _counted_for(centre, [source for _one, source in due], terms)
    return [
        Kept(one, source, *terms[source.pk], counted.get((source.pk, one.counts), 0))
        for one, source in due
    ]


def _term(source: MoneySource, asked: ReportFilter) -> tuple[date | None, date]:
    return source.since, min(source.until or asked.until, asked.until)


def _counted_for(
    centre: Centre, sources: Sequence[MoneySource], terms: Mapping[int, tuple[date | None, date]]
) -> dict[tuple[int, str], int]:
    """By source and by what is counted, of each within its own term: two queries."""
    told: dict[tuple[int, str], int] = {}
    log, held = Q(pk=None), Q(pk=None)
    for pk in {one.pk for one in sources}:
        since, until = terms[pk]
        log |= _between(since, until) & Q(source=pk)
        held |= begins_within(centre, since, until) & Q(source=pk)
    rows = consultations_of(centre).filter(log).order_by()
    for cell in rows.values("source").annotate(**_counted()):
        numbers = _numbers(cell)
        told[cell["source"], Counts.CONTACTS] = numbers.contacts
        told[cell["source"], Counts.ORGANISATIONS] = numbers.organisations
        told[cell["source"], Counts.PEOPLE] = numbers.people
        told[cell["source"], Counts.MUNICIPALITIES] = numbers.municipalities
    there = Q(enrolments__attended_at__isnull=False)
    trainings = Training.objects.filter(held, centre=centre, stage=Training.Stage.HELD).order_by()
    counted: dict[str, Any] = {
        "n": Count("pk", distinct=True),
        "m": Count("enrolments", filter=there),
    }
    held_cells: Iterable[Cell] = trainings.values("source").annotate(**counted)
    for held_cell in held_cells:
        told[held_cell["source"], Counts.TRAININGS] = held_cell["n"]
        told[held_cell["source"], Counts.ATTENDED] = held_cell["m"]
    return told


def _between(since: date | None, until: date) -> Q:
    within = Q(held_on__lte=until)
    return within & Q(held_on__gte=since) if since else within


def _trainings(centre: Centre, asked: ReportFilter) -> QuerySet[Training]:
    rows = Training.objects.filter(centre=centre, stage=Training.Stage.HELD)
    rows = rows.filter(begins_within(centre, asked.since, asked.until))
    if asked.source == NONE:
        return rows.filter(source=None)
    return rows.filter(source__key=asked.source) if asked.source else rows


def _behind(rows: QuerySet[Consultation], column: str, model: type[Any]) -> list[Row]:
    """Each different one with how often and how long it was helped, most first."""
    cells = (
        rows.exclude(**{column: None})
        .values(column)
        .annotate(n=Count("pk"), m=Sum("minutes"), last=Max("held_on"))
    )
    found = list(cells.order_by("-n", column))
    named = model.objects.in_bulk([cell[column] for cell in found])
    return [
        Row(str(one.key), _told(one), cell["n"], cell["m"], cell["last"])
        for cell in found
        for one in [named[cell[column]]]
    ]


def _told(one: Any) -> str:  # noqa: ANN401  # an organisation, a client, a municipality
    return str(getattr(one, "short_name", "") or one.name)
