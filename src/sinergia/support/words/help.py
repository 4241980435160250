"""The log, the requests and the report of a centre, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from sinergia.base.journal.models import Entry
from sinergia.base.journal.words import explain as explain_verb
from sinergia.base.ui.parts import Choice, Facet
from sinergia.base.ui.templatetags.figures import count, day, moment
from sinergia.organisations.models import Centre
from sinergia.support.access.help import appointment_token
from sinergia.support.models import Channel, Client, Consultation, NextStep, Promised, Request
from sinergia.support.queries.consultations import (
    CHOSEN,
    NONE,
    ConsultationFilter,
    Counts,
)
from sinergia.support.queries.report import Kept, Line, Numbers, Report, ReportFilter, end_of_month
from sinergia.support.queries.requests import RequestFilter

LONG = 7  # choices of a facet from which it is a list
LANGUAGE = "ru"  # of whoever has no account and chose none
STAGES = {
    Request.Stage.ASKED: "warn",
    Request.Stage.TAKEN: "info",
    Request.Stage.ANSWERED: "ok",
    Request.Stage.CLOSED: "",
}
RESULTS = {
    Consultation.Result.SOLVED: "ok",
    Consultation.Result.REFERRED: "info",
    Consultation.Result.AGAIN: "warn",
}


@dataclass(frozen=True)
class Told:
    """A letter: its subject and its text."""

    subject: str
    text: str


@dataclass(frozen=True)
class KeptSaid:
    """A promise with the address of the rows that were counted; none where there are none."""

    kept: Kept
    counts: str
    term: str
    url: str


@dataclass(frozen=True)
class TableSaid:
    """One way in which contacts are told apart: a name, numbers, the address of their rows."""

    title: str
    head: str
    rows: Sequence[tuple[str, Numbers, str]]


def whom_said(row: Consultation | Request) -> str:
    """Who was helped: an organisation, a person or a group, in a line."""
    if row.organisation is not None:
        return row.organisation.short_name or row.organisation.name
    if row.client is not None:
        return client_said(row.client)
    person = row.person if isinstance(row, Request) else None
    return (person.name if person is not None else "") or _("a person")


def client_said(client: Client) -> str:
    """A client's name; of an erased one, what they were."""
    if client.name:
        return client.name
    return _("a group, erased") if client.kind == Client.Kind.GROUP else _("a person, erased")


def step_is_late(step: NextStep | None, *, today: date) -> bool:
    """Whether the day of a step that is not done has passed."""
    return step is not None and step.done_at is None and step.on < today


def step_of(row: Consultation) -> NextStep | None:
    """The next step beside a consultation."""
    found: NextStep | None = getattr(row, "next_step", None)
    return found


def history_said(entries: Iterable[Entry], names: Mapping[UUID, str]) -> list[str]:
    """What was done to a thing, by whom, the latest first."""
    return [
        f"{moment(one.at)}: {explain_verb(one.verb)} · {names.get(one.actor_key) or '—'}"
        for one in entries
    ]


def facets_said(asked: ConsultationFilter, counts: Counts) -> list[Facet]:
    """Every facet with how many rows each choice would show."""
    titles = {
        "consultant": _("Consultant"),
        "channel": _("Channel"),
        "topic": pgettext("help", "Topic"),
        "result": _("Result"),
        "municipality": _("Municipality"),
        "source": _("Source of money"),
    }
    return [_facet(name, title, asked, counts) for name, title in titles.items()]


def chips_said(asked: ConsultationFilter, counts: Counts, whom: str) -> list[tuple[str, str]]:
    """What is chosen, each with the address without it. whom: the organisation or client."""
    said = {"q": _("Words: %s") % asked.q, "organisation": whom, "client": whom}
    who = {"organisation": _("Organisations"), "person": _("People"), "group": _("Groups")}
    said["who"] = who.get(asked.who, "")
    for name in CHOSEN:
        said[name] = _label(name, getattr(asked, name), counts)
    for name, words in (("since", _("since %(day)s")), ("until", _("until %(day)s"))):
        value = getattr(asked, name)
        said[name] = words % {"day": day(date.fromisoformat(value))} if value else ""
    return [(said[name], f"?{asked.to_query(**{name: ''})}") for name in asked.values if said[name]]


def tabs_said(asked: RequestFilter, stages: Mapping[str, int]) -> list[tuple[str, str, bool]]:
    """Stages of requests with their numbers."""
    url = reverse("help:requests")
    every = (_("All (%(number)s)") % {"number": count(sum(stages.values()))}, "")
    named = [
        (f"{one.label} ({count(stages.get(one.value, 0))})", one.value) for one in Request.Stage
    ]
    return [
        (label, f"{url}?{asked.to_query(stage=value)}", asked.stage == value)
        for label, value in [every, *named]
    ]


def periods_said(asked: ReportFilter, *, today: date) -> list[tuple[str, str, bool]]:
    """The periods that are asked for most, as addresses of the report."""
    month = today.replace(day=1)
    before = (month - timedelta(days=1)).replace(day=1)
    quarter = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    last = end_of_month(quarter.replace(month=quarter.month + 2))
    year = today.replace(month=1, day=1)
    periods = [
        (_("This month"), month, end_of_month(month)),
        (_("Last month"), before, end_of_month(before)),
        (_("This quarter"), quarter, last),
        (_("This year"), year, today.replace(month=12, day=31)),
        (_("Last year"), year.replace(year=year.year - 1), year - timedelta(days=1)),
    ]
    url = reverse("help:report")
    return [
        (
            label,
            f"{url}?{ReportFilter(since, until, asked.source).to_query()}",
            (asked.since, asked.until) == (since, until),
        )
        for label, since, until in periods
    ]


def period_said(since: date | None, until: date) -> str:
    """A period in words."""
    if since is None:
        return _("until %(day)s") % {"day": day(until)}
    return f"{day(since)} – {day(until)}"


def numbers_said(report: Report) -> list[tuple[int, str, str]]:
    """The figures of a report with the addresses of their rows."""
    whole, asked = report.whole, report.asked
    log = f"{reverse('help:log')}?{asked.rows().to_query()}"

    def rows(of: str) -> str:
        return f"{reverse('help:behind', args=[of])}?{asked.to_query()}"

    return [
        (whole.contacts, ngettext("contact", "contacts", whole.contacts), log),
        (whole.minutes, ngettext("minute", "minutes", whole.minutes), log),
        (
            whole.organisations,
            ngettext("different organisation", "different organisations", whole.organisations),
            rows("organisations"),
        ),
        (
            whole.people,
            ngettext("different person", "different people", whole.people),
            rows("people"),
        ),
        (
            whole.groups,
            ngettext("different group", "different groups", whole.groups),
            rows("groups"),
        ),
        (
            whole.municipalities,
            ngettext("municipality", "municipalities", whole.municipalities),
            rows("municipalities"),
        ),
    ]


def tables_said(report: Report) -> list[TableSaid]:
    """Contacts by topic, channel, consultant, municipality, source."""
    titles = {
        "topic": (_("By topic"), pgettext("help", "Topic")),
        "channel": (_("By channel"), _("Channel")),
        "consultant": (_("By consultant"), _("Consultant")),
        "municipality": (_("By municipality"), _("Municipality")),
        "source": (_("By source of money"), _("Source of money")),
    }
    log = reverse("help:log")
    return [
        TableSaid(
            title,
            head,
            [
                (
                    line_said(part, line),
                    line.numbers,
                    f"{log}?{report.asked.rows(**{part: line.value}).to_query()}",
                )
                for line in report.parts[part]
            ],
        )
        for part, (title, head) in titles.items()
    ]


def line_said(part: str, line: Line) -> str:
    """What a line of a table is called."""
    if line.value == NONE:
        return _without()[part]
    return str(Channel(line.name).label) if part == "channel" else line.name


def kept_said(report: Report) -> list[KeptSaid]:
    """What was promised, with the addresses of what was counted."""
    pages = {
        Promised.Counts.ORGANISATIONS: "organisations",
        Promised.Counts.PEOPLE: "people",
        Promised.Counts.MUNICIPALITIES: "municipalities",
        Promised.Counts.TRAININGS: "trainings",
        Promised.Counts.ATTENDED: "trainings",
    }
    said = []
    for one in report.kept:
        since = one.since or date(2000, 1, 1)
        asked = ReportFilter(since, max(one.until, since), str(one.source.key))
        page = pages.get(Promised.Counts(one.promised.counts))
        if page is None:
            url = f"{reverse('help:log')}?{asked.rows().to_query()}"
        else:
            url = f"{reverse('help:behind', args=[page])}?{asked.to_query()}"
        counts = str(Promised.Counts(one.promised.counts).label)
        said.append(KeptSaid(one, counts, period_said(one.since, one.until), url))
    return said


def appointed_said(row: Request, zone_of: Centre) -> dict[str, str]:
    """When and where, by language: the moment on the clock of the centre."""
    told = {}
    with timezone.override(zone_of.time_zone):
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                told[language] = moment(row.appointed_at)
    return told


def appointment_letter(row: Request) -> Told:
    """The letter to somebody without an account, with the address of its calendar."""
    path = reverse("help:calendar", args=[row.key, appointment_token(row.key)])
    values = {
        "at": appointed_said(row, row.centre)[LANGUAGE],
        "where": row.appointed_where,
        "centre": row.centre.organisation.name,
        "link": settings.SITE_URL + path,
    }
    return _letter("appointed", values)


def called_off_letter(row: Request) -> Told:
    """The letter to the same that nobody expects them any more, with the reply or the reason."""
    values = {
        "at": appointed_said(row, row.centre)[LANGUAGE],
        "said": row.reply if row.stage == Request.Stage.ANSWERED else row.why,
        "centre": row.centre.organisation.name,
    }
    return _letter("called_off", values)


def _letter(name: str, values: Mapping[str, str]) -> Told:
    with translation.override(LANGUAGE):
        said = render_to_string(f"support/letters/{name}.txt", values)
    subject, _line, text = said.strip().partition("\n")
    return Told(subject.strip(), text.strip())


def _facet(name: str, title: str, asked: ConsultationFilter, counts: Counts) -> Facet:
    chosen = getattr(asked, name)
    numbers: Mapping[str, int] = counts.of.get(name, {})
    values = sorted(
        set(numbers) | ({chosen} - {""}), key=lambda one: (-numbers.get(one, 0), one == NONE, one)
    )
    choices = [Choice("", _("all"), None, is_chosen=not chosen)]
    choices += [
        Choice(one, _label(name, one, counts), numbers.get(one, 0), is_chosen=one == chosen)
        for one in values
    ]
    return Facet(name, title, choices, chosen, is_long=len(choices) > LONG)


def _label(facet: str, value: str, counts: Counts) -> str:
    if not value:
        return ""
    if value == NONE:
        return _without()[facet]
    if facet == "channel":
        return str(Channel(value).label)
    if facet == "result":
        return str(Consultation.Result(value).label)
    russian, english = counts.names.get(facet, {}).get(value, ("", ""))
    return (english if get_language() == "en" else "") or russian or _("unknown")


def _without() -> dict[str, str]:
    """What stands for rows that have none of it."""
    nowhere = _("not said")
    return dict.fromkeys(("topic", "channel", "consultant"), nowhere) | {
        "result": nowhere,
        "municipality": _("municipality not known"),
        "source": _("no source of money"),
    }


def behind_said() -> dict[str, str]:
    """Of what the rows under a number are."""
    return {
        "organisations": _("Different organisations"),
        "people": _("Different people"),
        "groups": _("Different groups"),
        "municipalities": _("Municipalities"),
        "trainings": _("Trainings held"),
    }
