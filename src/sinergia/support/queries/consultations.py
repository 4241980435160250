"""The log of a centre: what its people helped with, filtered, counted, listed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from sinergia.base.asking import ListFilter, key_text, one_of
from sinergia.base.search.queries import rows_found
from sinergia.organisations.models import Centre
from sinergia.people.models import Person
from sinergia.support.models import Channel, Client, Consultation, NextStep

KIND = "consultation"
NONE = "none"
WHO = {
    "organisation": Q(organisation__isnull=False),
    "person": Q(client__kind=Client.Kind.PERSON),
    "group": Q(client__kind=Client.Kind.GROUP),
}
CHOSEN = {  # what a filter has a facet for: its column
    "channel": "channel",
    "topic": "topic__key",
    "result": "result",
    "consultant": "consultant__key",
    "municipality": "municipality__key",
    "source": "source__key",
}
NAMED = (
    *("topic__name_ru", "topic__name_en", "consultant__name", "source__name"),
    *("municipality__name_ru", "municipality__name_en"),
)
KEYS = ("topic", "consultant", "municipality", "source", "organisation", "client")


@dataclass(frozen=True)
class ConsultationFilter(ListFilter):
    """What a reader asked to see. Every value is text from an address; junk means nothing.

    since, until: days, both in; keys where rows have one, "none" where there is no such row.
    who: of whom; one of WHO.
    """

    q: str = ""
    since: str = ""
    until: str = ""
    who: str = ""
    channel: str = ""
    topic: str = ""
    result: str = ""
    consultant: str = ""
    municipality: str = ""
    source: str = ""
    organisation: str = ""
    client: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "ConsultationFilter":
        """Read an address; unknown names and values that cannot be are dropped."""
        given = cls.texts_of(query)
        for name in ("since", "until"):
            given[name] = day_text(given[name])
        for name in KEYS:
            is_none = name in ("municipality", "source") and given[name] == NONE
            given[name] = NONE if is_none else key_text(given[name])
        known = {"who": WHO, "channel": Channel.values, "result": Consultation.Result.values}
        for name, values in known.items():
            given[name] = given[name] if given[name] in values else ""
        return cls(**given)


@dataclass(frozen=True)
class StepFilter(ListFilter):
    """Which next steps. of: `centre` for everybody's, "" for the reader's own; due: `yes`."""

    of: str = ""
    due: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "StepFilter":
        """Read an address; junk means nothing."""
        given = cls.texts_of(query)
        return cls(of=one_of(given["of"], ("centre",)), due=one_of(given["due"], ("yes",)))


@dataclass(frozen=True)
class Counts:
    """What the facets say. of: facet to the number of each value; names: facet to their names."""

    contacts: int = 0
    minutes: int = 0
    of: Mapping[str, Counter[str]] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, tuple[str, str]]] = field(default_factory=dict)


def consultations_of(centre: Centre) -> QuerySet[Consultation]:
    """What counts: everything but what was removed."""
    return Consultation.objects.filter(centre=centre, removed_at=None)


def consultation_by(centre: Centre, key: UUID) -> Consultation | None:
    """One of a centre's, also a removed one: that may be put back."""
    rows = with_beside(Consultation.objects.filter(centre=centre))
    return rows.select_related("centre", "request", "project").filter(key=key).first()


def with_beside(rows: QuerySet[Consultation]) -> QuerySet[Consultation]:
    """The same, each with all that a line of the list says."""
    return rows.select_related(
        *("organisation", "client__municipality", "municipality", "topic", "consultant"),
        *("source", "next_step"),
    )


def asked_for(
    centre: Centre, asked: ConsultationFilter, *, without: Iterable[str] = ()
) -> QuerySet[Consultation]:
    """Those of a centre that are asked for. without: facets that are left open."""
    rows = consultations_of(centre).filter(_within(asked))
    for name, column in CHOSEN.items():
        value = getattr(asked, name)
        if value and name not in without:
            rows = rows.filter(
                **({column: value} if value != NONE else {f"{column}__isnull": True})
            )
    if asked.who:
        rows = rows.filter(WHO[asked.who])
    for name in ("organisation", "client"):
        if getattr(asked, name):
            rows = rows.filter(**{f"{name}__key": getattr(asked, name)})
    found = rows_found(KIND, asked.q)
    if found is None:
        return rows
    return rows.filter(Q(pk__in=found) | Q(organisation__in=rows_found("organisation", asked.q)))


def counts_of(centre: Centre, asked: ConsultationFilter) -> Counts:
    """Count each facet beside the choices of the others: one query, alike rows together."""
    rows = asked_for(centre, asked, without=CHOSEN).order_by()
    cells = rows.values(*CHOSEN.values(), *NAMED).annotate(n=Count("pk"), m=Sum("minutes"))
    of: dict[str, Counter[str]] = {name: Counter() for name in CHOSEN}
    names: dict[str, dict[str, tuple[str, str]]] = {name: {} for name in CHOSEN}
    contacts = minutes = 0
    for cell in cells:
        values = {name: _text(cell[column]) for name, column in CHOSEN.items()}
        differs = [name for name in CHOSEN if getattr(asked, name) not in ("", values[name])]
        if not differs:
            contacts, minutes = contacts + cell["n"], minutes + cell["m"]
        for name, value in values.items():
            names[name].setdefault(value, _named(name, cell))
            if not differs or differs == [name]:
                of[name][value] += cell["n"]
    return Counts(contacts, minutes, of, names)


def last_of(centre: Centre, consultant: Person) -> Consultation | None:
    """What a consultant wrote down last: the next one is often alike."""
    rows = consultations_of(centre).filter(consultant=consultant)
    return rows.select_related("topic", "source").order_by("-pk").first()


def of_request(request_pk: int) -> QuerySet[Consultation]:
    """Consultations by which a request was answered."""
    rows = Consultation.objects.filter(request=request_pk, removed_at=None)
    return with_beside(rows).order_by("-held_on", "-pk")


def steps_of(centre: Centre) -> QuerySet[NextStep]:
    """Next steps of a centre that are not done."""
    return NextStep.objects.filter(
        consultation__centre=centre, consultation__removed_at=None, done_at=None
    )


def steps_due(centre: Centre, *, by: date, consultant: Person | None = None) -> QuerySet[NextStep]:
    """Those whose day has come by a day; of one consultant where one is named."""
    rows = steps_of(centre).filter(on__lte=by)
    if consultant is not None:
        rows = rows.filter(consultation__consultant=consultant)
    return rows


def steps_asked(
    centre: Centre, asked: StepFilter, *, reader: Person, today: date
) -> QuerySet[Consultation]:
    """Consultations whose next step is asked for: a list of steps is paged by their keys."""
    consultant = None if asked.of else reader
    by = today if asked.due else date.max
    steps = steps_due(centre, by=by, consultant=consultant).values("pk")
    rows = Consultation.objects.filter(next_step__in=steps)
    return rows.select_related(
        "organisation", "client__municipality", "consultant", "topic", "next_step"
    )


def steps_to_remind(*, today: date) -> QuerySet[NextStep]:
    """Those whose day has come and of which nobody was reminded: for the worker."""
    rows = NextStep.objects.filter(
        on__lte=today, done_at=None, reminded_at=None, consultation__removed_at=None
    )
    names = ("organisation", "client", "consultant", "centre")
    beside = (f"consultation__{name}" for name in names)
    # Of a day long past nobody is reminded: it stands in the list.
    return rows.filter(on__gt=today - timedelta(days=31)).select_related(*beside).order_by("pk")


def day_text(text: str) -> str:
    """A day as addresses have it; "" for what is none."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _within(asked: ConsultationFilter) -> Q:
    within = Q()
    if asked.since:
        within &= Q(held_on__gte=asked.since)
    if asked.until:
        within &= Q(held_on__lte=asked.until)
    return within


def _text(value: Any) -> str:  # noqa: ANN401  # of a cell: a key, a code, nothing
    return NONE if value is None else str(value)


def _named(facet: str, cell: Mapping[str, Any]) -> tuple[str, str]:
    """A name in Russian and in English; people and sources have one."""
    if facet in ("consultant", "source"):
        return cell[f"{facet}__name"] or "", ""
    if facet in ("topic", "municipality"):
        return cell[f"{facet}__name_ru"] or "", cell[f"{facet}__name_en"] or ""
    return "", ""
