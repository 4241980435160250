"""The board of a contest, its lists and its drafts, in words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sinergia.applications.models import Submission
from sinergia.applications.queries.board import DAY, DIRECTION, MUNICIPALITY, Board, Line
from sinergia.applications.queries.received import (
    BEFORE,
    NEARLY,
    ReceivedFilter,
    day_of,
)
from sinergia.base.ui.templatetags.figures import count, day
from sinergia.calls.models import Contest
from sinergia.places.models import Municipality
from sinergia.projects.models import Project

Stage = Submission.Stage
TABS = (
    Stage.SUBMITTED,
    Stage.RETURNED,
    Stage.REGISTERED,
    Stage.ADMITTED,
    Stage.NOT_ADMITTED,
    Stage.WITHDRAWN,
)
MOST_LINES = 30  # of a table; a contest has more municipalities than anybody reads


@dataclass(frozen=True)
class Cell:
    """A number with the address of its rows; none where there are no rows."""

    label: str
    text: str
    url: str


@dataclass(frozen=True)
class Row:
    """One day, direction or municipality. share: of the greatest number submitted."""

    name: str
    cells: Sequence[Cell]
    share: float


@dataclass(frozen=True)
class Table:
    """One way in which what comes in is told apart. more: that the last lines are left out."""

    title: str
    head: str
    about: str
    rows: Sequence[Row]
    more: str = ""


@dataclass(frozen=True)
class DraftSaid:
    """What a draft shows to whoever holds the contest: of one that is not shared, no name."""

    title: str
    organisation: str
    url: str
    begun: date | None
    is_near: bool


def tiles_said(board: Board, contest: Contest) -> list[tuple[int, str, str]]:
    """Counts with their words and the addresses of their rows."""
    near = _("nearly ready: at most %(count)s things hinder") % {"count": NEARLY}
    whole = board.whole
    return [
        (whole.drafts, ngettext("draft", "drafts", whole.drafts), _drafts(contest)),
        (whole.near, near, f"{_drafts(contest)}?near=yes"),
        (
            whole.submitted,
            ngettext("application", "applications", whole.submitted),
            _came_in(contest),
        ),
    ]


def tables_said(
    board: Board, contest: Contest, directions: Mapping[str, str], *, is_whole: bool
) -> list[Table]:
    """Days, directions and municipalities with their numbers. directions: by code.

    is_whole: every line, however many; else the first ones.
    """
    most = None if is_whole else MOST_LINES
    days = _("Drafts by the day on which they were begun, applications by that of submitting.")
    places = board.municipalities
    titles = {
        DAY: (_("By day"), _("Day"), days),
        DIRECTION: (_("By direction"), _("Direction"), ""),
        MUNICIPALITY: (
            _("By municipality"),
            _("Municipality"),
            _("Of the organisation, as the register has it."),
        ),
    }
    named = {
        DAY: day_said,
        DIRECTION: lambda code: directions.get(code, code),
        MUNICIPALITY: lambda code: municipality_said(places.get(code)),
    }
    return [
        Table(
            *told,
            _rows(board.lines[axis][:most], axis, contest, named[axis]),
            "" if is_whole else _more(len(board.lines[axis]) - MOST_LINES),
        )
        for axis, told in titles.items()
    ]


def tabs_said(by_stage: Mapping[str, int], asked: ReceivedFilter) -> list[tuple[str, str, bool]]:
    """Stages under which applications are listed: words with their number, address, which one."""
    tabs = [(_("All in force"), "?", asked == ReceivedFilter())]
    for stage in TABS:
        number, alone = by_stage.get(stage, 0), ReceivedFilter(stage=stage)
        tabs.append((f"{stage.label} ({count(number)})", f"?stage={stage}", asked == alone))
    return tabs


def chips_said(
    asked: ReceivedFilter,
    directions: Mapping[str, str],
    municipality: Municipality | None,
    *,
    beside: Iterable[str] = (),
) -> dict[str, str]:
    """What is asked beside a form's own fields, each by its name."""
    place = municipality_said(municipality)
    named = {
        "day": (_("Day"), day_said(asked.day)),
        "direction": (_("Direction"), directions.get(asked.direction, asked.direction)),
        "municipality": (_("Municipality"), place),
    }
    told = {name: f"{label}: {value}" for name, (label, value) in named.items()}
    told["near"] = _("Nearly ready")
    return {name: told[name] for name in asked.values if name in told and name not in beside}


def drafts_said(
    rows: Iterable[Project], asked: ReceivedFilter, *, readable: Iterable[int]
) -> list[DraftSaid]:
    """Drafts as they may be shown. readable: of those that whoever asks may read.

    Of the others a list by direction or municipality does not tell the day: two lists side by
    side would say of a draft what neither does.
    """
    known, is_day_told = set(readable), not (asked.direction or asked.municipality)
    said = []
    for one in rows:
        is_near = one.to_mend is not None and one.to_mend <= NEARLY
        begun = one.made_at
        if one.pk in known:
            body = one.organisation
            url = reverse("projects:project", args=[one.key])
            title = one.title or _("without a title")
            said.append(DraftSaid(title, body.short_name or body.name, url, begun, is_near))
        else:
            title = _("A project that is not shared with the centre")
            said.append(DraftSaid(title, "", "", begun if is_day_told else None, is_near))
    return said


def day_said(code: str) -> str:
    """A day of an address."""
    told = day_of(code)
    if told is None:
        return ""
    shown = day(told)
    return _("%(day)s and earlier") % {"day": shown} if code.startswith(BEFORE) else shown


def municipality_said(municipality: Municipality | None) -> str:
    """Its name; of none, that nobody knows it."""
    return municipality.name if municipality is not None else _("not known")


def _rows(
    lines: Sequence[Line], axis: str, contest: Contest, named: Callable[[str], str]
) -> list[Row]:
    most = max((one.submitted for one in lines), default=0) or 1
    drafts, came_in = _drafts(contest), _came_in(contest)
    heads = _("Drafts"), _("Nearly ready"), _("Applications")
    rows = []
    for one in lines:
        only = f"?{urlencode({axis: one.code})}"
        numbers = [
            (one.drafts, f"{drafts}{only}"),
            (one.near, f"{drafts}{only}&near=yes"),
            (one.submitted, f"{came_in}{only}"),
        ]
        cells = [
            Cell(head, count(number), url if number else "")
            for head, (number, url) in zip(heads, numbers, strict=True)
        ]
        rows.append(Row(named(one.code), cells, one.submitted / most))
    return rows


def _more(number: int) -> str:
    if number <= 0:
        return ""
    return ngettext(
        "%(count)s more has fewer of them.", "%(count)s more have fewer of them.", number
    ) % {"count": count(number)}


def _drafts(contest: Contest) -> str:
    return reverse("applications:drafts", args=[contest.call.key])


def _came_in(contest: Contest) -> str:
    return reverse("applications:came_in", args=[contest.call.key])
