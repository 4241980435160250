"""The tables beneath the sentences: each number with the address of its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from sinergia.base.ui.templatetags.figures import NOTHING, count, day, moment, money
from sinergia.calls.models import Contest
from sinergia.insights.official.queries.ahead import Ahead, UnderWay
from sinergia.insights.official.queries.grown import Grown
from sinergia.insights.official.queries.helped import (
    ALL,
    KINDS,
    OF,
    Meeting,
    Period,
    Row,
    number,
    of_kind,
)
from sinergia.insights.region.queries.figures import Figures
from sinergia.insights.region.words.laying import currency_name
from sinergia.insights.region.words.speaking import (
    Piece,
    sentence_of,
    sentence_pieces,
    theses_of,
)
from sinergia.places.models import Region

KIND_NAMES: Mapping[str, str | Promise] = {
    "consultations": gettext_lazy("Consultations"),
    "trainings": gettext_lazy("Trainings"),
    "visits": pgettext_lazy("exchange", "Visits"),
    ALL: gettext_lazy("Together, each once"),
}
OF_NAMES: Mapping[str, str | Promise] = {
    "times": gettext_lazy("Occasions"),
    "organisations": gettext_lazy("Different organisations"),
    "people": gettext_lazy("Different people"),
    "municipalities": gettext_lazy("Different municipalities"),
}
AHEAD: Mapping[str, str | Promise] = {
    "opens": gettext_lazy("Intake of applications opens"),
    "closes": gettext_lazy("Intake of applications ends"),
    "results": gettext_lazy("Results are due"),
    "visit": pgettext_lazy("exchange", "Visit"),
    "training": gettext_lazy("Training"),
}
PAGES: Mapping[str, str] = {
    "opens": "calls:contest",
    "closes": "calls:contest",
    "results": "calls:contest",
    "visit": "exchange:visit",
    "training": "trainings:training",
    "consultations": "",
    "trainings": "trainings:training",
    "visits": "exchange:visit",
}


@dataclass(frozen=True)
class Cell:
    """A number under a heading, and where its rows are."""

    label: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Line:
    """A line of a table. note: in small letters under the name."""

    name: str
    cells: Sequence[Cell]
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Speech:
    """What is said of applications in one currency. title: it, where there are several."""

    title: str
    sentence: list[Piece]
    theses: list[list[Piece]]
    plain: str


def query_of(region: Region, period: Period, **more: str) -> str:
    """What the page and all it opens are asked."""
    given = {"region": region.code, "since": period.since.isoformat()}
    return urlencode(given | {"until": period.until.isoformat()} | more)


def periods_said(
    region: Region, now: date, period: Period, fund: str
) -> list[tuple[str, str, bool]]:
    """Usual periods as tabs."""
    month = now.replace(day=1)
    before = (month - timedelta(days=1)).replace(day=1)
    quarter = date(now.year, 3 * ((now.month - 1) // 3) + 1, 1)
    usual = [
        (_("This year"), Period(date(now.year, 1, 1), now)),
        (_("This quarter"), Period(quarter, now)),
        (_("This month"), Period(month, now)),
        (_("Last month"), Period(before, month - timedelta(days=1))),
        (_("Twelve months"), Period(now - timedelta(days=364), now)),
    ]
    more = {"fund": fund} if fund else {}
    return [(name, f"?{query_of(region, one, **more)}", one == period) for name, one in usual]


def speeches_of(figures: Figures, language: str) -> list[Speech]:
    """Of each currency by itself: sums of two are never one."""
    told = []
    for block in figures.blocks:
        title = currency_name(block.currency) if len(figures.blocks) > 1 else ""
        sentence = sentence_pieces(figures, block, language)
        plain = f"{sentence_of(figures, block, language)}."
        plain = f"{title}: {plain}" if title else plain
        told.append(Speech(title, sentence, theses_of(figures, block, language), plain))
    return told


def helped_table(region: Region, period: Period, told: Sequence[Meeting]) -> list[Line]:
    """Each way of help, and all of them with each different one once."""
    lines = []
    for kind in (*KINDS, ALL):
        some = of_kind(told, kind)
        if not some and kind != ALL:
            continue  # on a phone noughts push the rest away
        cells = [_cell(region, period, kind, of, number(some, of)) for of in OF]
        lines.append(Line(str(KIND_NAMES[kind]), cells))
    return lines


def helped_heads() -> list[str]:
    """Headings of that table after the first."""
    return [str(OF_NAMES[of]) for of in OF]


def _cell(region: Region, period: Period, kind: str, of: str, value: int) -> Cell:
    url = f"{reverse('official:rows', args=[kind, of])}?{query_of(region, period)}" if value else ""
    return Cell(str(OF_NAMES[of]), count(value), url)


def grown_heads() -> list[str]:
    """Headings of what grew, after the first."""
    return [
        _("Commitments"),
        _("Projects"),
        _("Applications"),
        pgettext("figures", "Won"),
        pgettext("figures", "Results reached"),
    ]


def grown_table(region: Region, period: Period, rows: Sequence[Grown]) -> list[Line]:
    """Each visit; its numbers open the steps of its thread."""
    lines = []
    for one in rows:
        thread = reverse("thread:thread", args=["visit", one.visit.key])
        results = f"{reverse('official:results', args=[one.visit.key])}?{query_of(region, period)}"
        numbers = (
            (one.commitments, f"{thread}?step=commitment#table"),
            (one.projects, f"{thread}?step=project#table"),
            (one.applications, f"{thread}?step=application#table"),
            (one.won, f"{thread}?step=application&won=yes#table"),
            (one.results, results),
        )
        cells = [
            Cell(head, count(value), url if value else "")
            for head, (value, url) in zip(grown_heads(), numbers, strict=True)
        ]
        won = ", ".join(
            money(minor, currency) for currency, minor in one.won_minor.items() if minor
        )
        sides = f"{one.visit.from_region.name} — {one.visit.to_region.name}"
        note = " · ".join(filter(None, [day(one.visit.starts_on), sides, won]))
        lines.append(Line(one.visit.name, cells, thread, note))
    return lines


def contest_lines(rows: Sequence[UnderWay]) -> list[Line]:
    """Each contest with its state and the day that matters next."""
    lines = []
    for one in rows:
        contest = one.contest
        state, when = _state(contest)
        budget = contest.budget_minor
        currency = contest.call.fund.currency
        url = reverse("calls:contest", args=[one.key])
        listed = f"{reverse('applications:list')}?{urlencode({'call': str(one.key)})}"
        cells = [
            Cell(_("State"), state),
            Cell(_("What comes next"), when or NOTHING),
            Cell(_("Applications"), count(one.submitted), listed if one.submitted else ""),
            Cell(_("Money of the contest"), money(budget, currency) if budget else NOTHING),
        ]
        lines.append(Line(contest.call.name, cells, url))
    return lines


def contest_heads() -> list[str]:
    """Headings of the contests after the first."""
    return [_("State"), _("What comes next"), _("Applications"), _("Money of the contest")]


def dates_said(rows: Sequence[Ahead]) -> list[tuple[str, str, str, str]]:
    """Day, what it is, of what, where to read of it."""
    return [
        (day(one.on), str(AHEAD[one.kind]), one.name, reverse(PAGES[one.kind], args=[one.key]))
        for one in rows
    ]


def rows_said(rows: Sequence[Row], of: str) -> list[tuple[str, str, str, str]]:
    """Rows under a number of meetings: name, address, how often, the last day. Nobody is named."""
    told = []
    for place, one in enumerate(rows, start=1):
        name, url = one.name, ""
        if of == "people":
            name = _("Person %(number)s") % {"number": place}
        elif of == "organisations" and not name:
            name = _("not shown in the register")
        elif of == "times":
            kind, _colon, key = one.key.partition(":")
            url = reverse(PAGES[kind], args=[key]) if PAGES[kind] else ""
        times = ngettext("%(count)s time", "%(count)s times", one.times) % {
            "count": count(one.times)
        }
        told.append((name, url, times, day(one.last)))
    return told


def _state(contest: Contest) -> tuple[str, str]:
    if contest.results_at is not None:
        told = _("results are told since %(when)s") % {"when": day(contest.results_at)}
        return _("Decided"), told
    state = str(Contest.Stage(contest.stage).label)
    if contest.stage == Contest.Stage.ANNOUNCED:
        return state, _("intake opens %(when)s") % {"when": moment(contest.opens_at)}
    if contest.stage == Contest.Stage.OPEN:
        return state, _("intake ends %(when)s") % {"when": moment(contest.closes_at)}
    if contest.results_on is not None:
        return state, _("results are due %(when)s") % {"when": day(contest.results_on)}
    return state, ""
