"""Pages of the thread: a picture, the share that went on, and a table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sinergia.base.tables.sent import TABLES, table_response
from sinergia.engine.thread import HEIGHT, WIDTH, lay_out
from sinergia.exchange.queries.agreements import agreements_seen_by
from sinergia.exchange.queries.timeline import own_events, visits_within
from sinergia.exchange.words.timeline import told as line_of
from sinergia.insights.thread.queries import STEPS, Thread, thread_of, thread_within
from sinergia.insights.thread.words import NAMES, Told, followed, steps_there, tiles_of, told_of
from sinergia.people.http import for_everyone, reader_of

ON_A_PAGE = 50
MOST_VISITS = 200  # of one agreement
Row = TypeVar("Row")
ASKED = ("step", "won")


@require_safe
@for_everyone
def thread(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    """What something came from, and what came of it."""
    found = _found(request, kind, key)
    told = told_of(found)
    context = {
        "thread": found,
        "kind": kind,
        "key": key,
        "root": next(one for one in told if one.is_root),
        "tiles": tiles_of(found),
        "picture": lay_out(told, STEPS),
        "grew": len(told) - 1,
    }
    return render(request, "thread/thread.html", context | _table(told, found, request))


@require_safe
@for_everyone
def agreement(request: HttpRequest, key: UUID) -> HttpResponse:
    """Everything that followed from an agreement, by its days, as far as the reader may see it."""
    reader = reader_of(request)
    found = agreements_seen_by(reader).filter(key=key).first()
    if found is None:
        raise Http404
    visits = list(visits_within(found, reader)[:MOST_VISITS])
    lines = followed(thread_within(visits, reader), map(line_of, own_events(found)))
    context = {"agreement": found, "page": _page(lines, request), "total": len(lines)}
    return render(request, "thread/agreement.html", context)


@require_safe
@for_everyone
def export(request: HttpRequest, kind: str, key: UUID, form: str) -> HttpResponse:
    """The table as a file: the rows that are asked for, as on the page."""
    if form not in TABLES:
        raise Http404
    found, name = _found(request, kind, key), _("What grew from it")
    head = [_("Step"), _("What"), _("Came from"), _("State"), _("Sum"), _("By whose word")]
    rows = [
        [one.kind, one.label, "; ".join(one.came_from), one.state, one.sum, one.ground]
        for one in _asked(told_of(found), found, request)
    ]
    return table_response(f"thread.{form}", head, rows, sheet=name)


def _found(request: HttpRequest, kind: str, key: UUID) -> Thread:
    """Hidden and missing look alike."""
    person = reader_of(request)
    found = thread_of(kind, key, person)
    if found is None:
        raise Http404
    return found


def _table(told: Sequence[Told], found: Thread, request: HttpRequest) -> dict[str, object]:
    """The rows that are asked for, and the ways to others."""
    rows = _asked(told, found, request)
    return {
        "names": {step: str(name) for step, name in NAMES.items()},
        "box": {"width": WIDTH, "height": HEIGHT},
        "steps": list(steps_there(told)),
        "step": request.GET.get("step", ""),
        "page": _page(rows, request),
        "query": urlencode({name: request.GET[name] for name in ASKED if name in request.GET}),
        "total": len(rows),
    }


@dataclass(frozen=True)
class _Page(Generic[Row]):
    """Some rows of the table. The keys are numbers of rows."""

    rows: Sequence[Row]
    next_key: str
    previous_key: str


def _page(rows: Sequence[Row], request: HttpRequest) -> _Page[Row]:
    """Rows after one number, or before another; the first where it is no number."""
    after, before = (request.GET.get(name, "") for name in ("after", "before"))
    start = int(after) if after.isdecimal() else 0
    if before.isdecimal() and not after:
        start = max(int(before) - ON_A_PAGE, 0)
    start = start if start < len(rows) else 0
    end = start + ON_A_PAGE
    return _Page(rows[start:end], str(end) if end < len(rows) else "", str(start or ""))


def _asked(told: Sequence[Told], found: Thread, request: HttpRequest) -> list[Told]:
    """Rows of the step that is asked for; of applications, only those that won."""
    step = request.GET.get("step", "")
    rows = [one for one in told if one.step == step] if step in STEPS else list(told)
    if request.GET.get("won") == "yes":
        won = {f"application-{one.pk}" for one in found.won}
        rows = [one for one in rows if one.key in won]
    return rows
