"""A thread in words: things with their states and sums, the share that went on, its table."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from sinergia.applications.models import Application
from sinergia.base.ui.templatetags.figures import day, money
from sinergia.exchange.models import Visit
from sinergia.exchange.words.timeline import Line
from sinergia.insights.thread.queries import STEPS, Place, Thread, is_won
from sinergia.practices.models import Adoption

NAMES: dict[str, Promise] = {
    "programme": gettext_lazy("Programme of exchange"),
    "visit": gettext_lazy("Visits"),
    "practice": gettext_lazy("Practices"),
    "commitment": gettext_lazy("Commitments"),
    "adoption": gettext_lazy("Taken home"),
    "project": gettext_lazy("Projects"),
    "application": gettext_lazy("Applications"),
    "grant": gettext_lazy("Grants"),
    "report": pgettext_lazy("thread", "Reports"),
    "result": gettext_lazy("Results"),
    "grown": pgettext_lazy("thread", "New practices"),
}
ONE: dict[str, Promise] = {  # the step of one thing
    "programme": gettext_lazy("Programme of exchange"),
    "visit": gettext_lazy("Visit"),
    "practice": gettext_lazy("Practice"),
    "commitment": pgettext_lazy("thread", "Commitment"),
    "adoption": pgettext_lazy("thread", "Practice taken home"),
    "project": gettext_lazy("Project"),
    "application": gettext_lazy("Application"),
    "grant": gettext_lazy("Grant"),
    "report": pgettext_lazy("thread", "Report"),
    "result": pgettext_lazy("a grant", "Result"),
    "grown": pgettext_lazy("thread", "New practice"),
}
ADDRESSES = {
    "programme": "exchange:programme",
    "visit": "exchange:visit",
    "practice": "practices:practice",
    "commitment": "commitments:commitment",
    "adoption": "projects:adoption",
    "project": "projects:project",
    "application": "applications:detail",
    "grant": "grants:grant",
    "report": "reports:report",
    "result": "grants:closing",
    "grown": "practices:practice",
}


@dataclass(frozen=True)
class Told:
    """One thing of a thread.

    Put into words when it is asked for them: of five hundred, sixty get a box, fifty a row.
    """

    place: Place
    row: Any  # of any step
    thread: Thread

    @cached_property
    def key(self) -> str:
        """By what the picture knows it."""
        return _key(self.place)

    @property
    def step(self) -> str:
        """The code of its step."""
        return self.place[0]

    @cached_property
    def parents(self) -> Sequence[str]:
        """Keys of what it came from."""
        return [_key(one) for one in self.thread.parents.get(self.place, [])]

    @property
    def is_root(self) -> bool:
        """Whether one stands at it."""
        return self.place == self.thread.root

    @property
    def is_won(self) -> bool:
        """Whether what it asked for was given."""
        return self.step == "application" and is_won(self.row)

    @cached_property
    def label(self) -> str:
        """What it is called."""
        return _label(self.step, self.row, self.thread)

    @cached_property
    def kind(self) -> str:
        """The step of one thing, in words."""
        return str(ONE[self.step])

    @cached_property
    def came_from(self) -> Sequence[str]:
        """What it came from, by name."""
        parents = self.thread.parents.get(self.place, [])
        rows = ((of, self.thread.rows[of].get(pk)) for of, pk in parents)
        return [_label(of, row, self.thread) for of, row in rows if row is not None]

    @cached_property
    def state(self) -> str:
        """How far it is."""
        return _state(self.step, self.row)

    @cached_property
    def sum(self) -> str:
        """The money that it is about."""
        return _sum(self.step, self.row)

    @property
    def note(self) -> str:
        """Its sum and its state in a few words."""
        is_application = self.step == "application"
        said = str(self.row.get_outcome_display()) if is_application else self.state
        return " · ".join(part for part in (self.sum, said) if part)

    @cached_property
    def url(self) -> str:
        """Its page, where the reader may open it."""
        return address_of(self.step, self.row) if getattr(self.row, "may_open", True) else ""

    @property
    def ground(self) -> str:
        """By whose word it hangs together."""
        return _ground(self.step, self.row)


@dataclass(frozen=True)
class Tile:
    """A number above the picture; url: the rows behind it."""

    value: str
    label: str
    note: str = ""
    url: str = ""


def told_of(thread: Thread) -> list[Told]:
    """Every thing of a thread, step by step."""
    rows = ((step, pk, row) for step in STEPS for pk, row in thread.rows[step].items())
    return [Told((step, pk), row, thread) for step, pk, row in rows]


def tiles_of(thread: Thread) -> list[Tile]:
    """How much went on at each step: "5 of 11", never a share of small numbers in per cent."""
    numbers = {step: len(thread.rows[step]) for step in STEPS}
    tiles = []
    if thread.sessions:
        told = str(pgettext("visit", "Sessions"))
        went = _share(thread.taken_at, thread.sessions)
        tiles.append(Tile(str(thread.sessions), told, went, url=_programme_of(thread)))
    for step in ("commitment", "adoption", "project", "application", "grant", "result", "grown"):
        if numbers[step]:
            note = _went_on(step, thread)
            tiles.append(Tile(str(numbers[step]), str(NAMES[step]), note, f"?step={step}#table"))
    if thread.won:
        tiles.append(_awards(thread.won))
    return tiles


def _programme_of(thread: Thread) -> str:
    """Where the sessions of the only visit stand; "" where there are several visits."""
    visits = [*thread.rows["visit"].values()]
    return reverse("visits:programme", args=[visits[0].key]) if len(visits) == 1 else ""


def _went_on(step: str, thread: Thread) -> str:
    """Of the things of a step, how many something came of."""
    rows = thread.rows[step]
    after = {parent for parents in thread.parents.values() for parent in parents}
    number = sum((step, pk) in after for pk in rows)
    if step == "application":
        return _("%(number)s of %(all)s won") % {"number": len(thread.won), "all": len(rows)}
    return "" if step == "grown" else _share(number, len(rows))


def _share(number: int, whole: int) -> str:
    return _("%(number)s of %(all)s went on") % {"number": number, "all": whole}


def _awards(won: Sequence[Application]) -> Tile:
    sums: dict[str, int] = {}
    for one in won:
        sums[one.currency] = sums.get(one.currency, 0) + one.awarded_minor
    told = ", ".join(money(minor, currency) for currency, minor in sums.items())
    label = ngettext("award", "awards", len(won))
    return Tile(str(len(won)), label, told, "?step=application&won=yes#table")


def _key(place: Place) -> str:
    return f"{place[0]}-{place[1]}"


def _label(step: str, row: Any, thread: Thread) -> str:  # noqa: ANN401  # of any step
    if step in ("programme", "visit"):
        return str(row.name)
    if step == "adoption":
        return str(row.organisation.short_name or row.organisation.name)
    if step == "project":
        return _title(row, thread)
    if step == "commitment":
        return _taken(row, thread)
    if step in ("grant", "report", "result"):
        return _of_grant(step, row)
    return str(row.title) or _("without a title")


def _taken(row: Any, thread: Thread) -> str:  # noqa: ANN401  # a commitment
    """What is taken home, as far as the reader may know of it."""
    if row.practice_id is not None and not row.names_practice:
        return _("a practice that is not shown any more")
    if row.practice_id is None and not row.may_open and thread.withheld.holds(row.idea):
        return _("an idea in words")
    return str(row.title)


def _of_grant(step: str, row: Any) -> str:  # noqa: ANN401  # of these steps
    """What came of an award: its agreement, a report, a result."""
    if step == "grant":
        if not row.is_inside:
            return str(row.application.title)
        return _("Agreement № %(number)s") % {"number": row.number} if row.number else _("Grant")
    if step == "result":
        return str(row.what) or _("without a title")
    if row.period is None:
        return _("Final report")
    return _("Report on period %(number)s") % {"number": row.period.number}


def _title(row: Any, thread: Thread) -> str:  # noqa: ANN401  # a project with `may_open`
    """Of a project that the reader may not open, what is public: the title as it was filed."""
    if row.may_open:
        return row.title or _("without a title")
    filed = (one for one in thread.rows["application"].values() if one.thread_project == row.pk)
    return str(next(filed).title)


def address_of(step: str, row: Any) -> str:  # noqa: ANN401  # of any step
    """The page of a thing; a result stands on a page of its grant, as far as the reader sees it."""
    if step in ("grant", "result") and not row.is_inside:
        return reverse("together:project", args=[row.grant.key if step == "result" else row.key])
    if step == "report":
        return reverse(ADDRESSES[step], args=[row.grant.key, row.key])
    return reverse(ADDRESSES[step], args=[row.grant.key if step == "result" else row.key])


def _state(step: str, row: Any) -> str:  # noqa: ANN401  # of any step
    if step == "visit":
        return _days(row)
    if step == "application":
        return f"{row.fund.name}: {row.get_outcome_display()}"
    if step == "commitment":
        return str(row.get_state_display())
    if step == "adoption":
        return str(row.get_state_display())
    if step == "project":
        return pgettext("project", "handed in") if row.submitted_as else ""
    if step in ("grant", "report"):
        return str(row.get_stage_display())
    return _reached(row) if step == "result" else ""


def _reached(row: Any) -> str:  # noqa: ANN401  # a result
    words = _("%(reached)s of %(promised)s promised")
    is_counted = row.reached and row.promised
    return words % {"reached": row.reached, "promised": row.promised} if is_counted else row.reached


def _days(visit: Visit) -> str:
    days = [day(one) for one in (visit.starts_on, visit.ends_on) if one is not None]
    return " – ".join(dict.fromkeys(days)) or str(visit.get_stage_display())


def _sum(step: str, row: Any) -> str:  # noqa: ANN401  # of any step
    if step == "grant":
        return money(row.sum_minor, row.currency)
    if step != "application":
        return ""
    return money(row.awarded_minor or row.asked_minor, row.currency)


def _ground(step: str, row: Any) -> str:  # noqa: ANN401  # of any step
    """By whose word it is there, where a person said it; otherwise the site knows it itself."""
    if step == "commitment":
        return str(row.ground) if row.may_open else ""
    if step == "adoption" and row.confirmed_at is not None:
        return _("confirmed %(day)s") % {"day": day(timezone.localdate(row.confirmed_at))}
    if step == "application" and hasattr(row, "origin"):
        told_on = timezone.localdate(row.origin.at)
        return _("by the organisation’s word, %(day)s") % {"day": day(told_on)}
    return ""


def followed(thread: Thread, own: Iterable[Line]) -> list[Line]:
    """A thread by its days, among what is told beside it; what has no day comes last."""
    lines = [*own, *(line for one in told_of(thread) for line in _lines(one))]
    return sorted(lines, key=lambda one: (one.on is None, one.on or date.max))


def _lines(one: Told) -> Iterator[Line]:
    name = one.label
    if one.step == "adoption":
        name = f"{one.row.practice.title} ({name})"
    for on, what in _days_of(one):
        yield Line(on, f"{what}: {name}", one.url, one.note)


def _days_of(one: Told) -> list[tuple[date | None, str]]:
    """When it came to be, and to what; of a project that the reader may not open nothing."""
    row, kind = one.row, one.kind
    if one.step == "application":
        told = [(_on(row.filed_at), kind)]
        return [*told, (row.decided_on, pgettext("journey", "Award"))] if one.is_won else told
    if one.step == "adoption":
        told = [(_on(row.made_at), kind)]
        is_told = row.state in (Adoption.State.RUNNING, Adoption.State.PROVEN)
        return [*told, (_on(row.confirmed_at), one.state)] if is_told else told
    if one.step == "project" and not row.may_open:
        return []
    if one.step in ("visit", "grant"):
        return [(row.starts_on if one.step == "visit" else row.begins_on, kind)]
    at = {"report": "submitted_at", "result": "at", "grown": "published_at"}
    return [(_on(getattr(row, at.get(one.step, "made_at"))), kind)]


def _on(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment is not None else None


def steps_there(told: Sequence[Told]) -> Iterator[tuple[str, str, int]]:
    """The steps that have anything: code, words, how many."""
    for step in STEPS:
        number = sum(one.step == step for one in told)
        if number:
            yield step, str(NAMES[step]), number
