"""Pages for whoever keeps the installation running."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from sinergia.base.errands import queries
from sinergia.base.errands.models import Errand
from sinergia.base.errands.queries import ErrandFilter
from sinergia.base.errands.words import explain
from sinergia.base.tables.paging import Order, count_up_to, page_of
from sinergia.engine.refusal import Refused
from sinergia.people.http import SignedInRequest, for_administrators, for_everyone
from sinergia.web.operations import actions, showing
from sinergia.web.operations.facts import parts_of_now
from sinergia.web.operations.forms import ErrandForm
from sinergia.web.operations.health import health
from sinergia.web.operations.versions import versions

ENDED = {"done": "done_at", "done_lately": "done_at", "given_up": "given_up_at"}


@require_safe
@for_everyone
def healthz(request: HttpRequest) -> JsonResponse:
    """Say to a machine whether all is well: 200 or 503, and which part is not."""
    found = health(now=timezone.now())
    status = HTTPStatus.OK if all(found.values()) else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse(found, status=status, headers={"Cache-Control": "no-store"})


@require_GET
@for_administrators
def status(request: SignedInRequest) -> HttpResponse:
    """How the installation stands, line by line."""
    parts = list(parts_of_now(now=timezone.now()))
    wrong = sum(not fact.is_in_order for part in parts for fact in part.facts)
    context = {"parts": parts, "wrong": wrong, "versions": versions()}
    return render(request, "operations/status.html", context)


@require_GET
@for_administrators
def errands(request: SignedInRequest) -> HttpResponse:
    """What was promised and how it stands."""
    now, asked = timezone.now(), ErrandFilter.from_query(request.GET.dict())
    found = queries.errands(asked, now=now)
    column = ENDED.get(asked.state, "run_after")
    page = page_of(
        found,
        order=Order(column, is_descending=asked.state in ENDED),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {"page": page, "total": count_up_to(found), "asked": asked, "query": asked.to_query()}
    context |= _shown(page.rows, asked)
    return render(request, "operations/errands.html", context)


@require_POST
@for_administrators
def run_again(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Have one errand run at once."""
    _errand(key)
    try:
        actions.run_errand_again(key, actor=request.user, now=timezone.now())
    except Refused as refusal:
        return _refused(request, refusal)
    messages.success(request, _("It runs in a moment."))
    return redirect("operations:errands")


@require_http_methods(["GET", "POST"])
@for_administrators
def run_all_again(request: SignedInRequest, name: str) -> HttpResponse:
    """Ask, and then have every errand of a name that was given up run at once."""
    if name not in queries.names_promised():
        raise Http404
    if request.method == "POST":
        count = actions.run_errands_again(name, actor=request.user, now=timezone.now())
        messages.success(request, _run_said(count))
        return redirect("operations:errands")
    count = queries.errands_to_run_again(name).count()
    context = {"name": explain(name), "count": count}
    return render(request, "operations/run_all_again.html", context)


@require_http_methods(["GET", "POST"])
@for_administrators
def give_up(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Ask, and then try an errand no more."""
    found, now = _errand(key), timezone.now()
    if request.method == "GET":
        row = showing.row_of(found, now=now)
        return render(request, "operations/give_up.html", {"errand": row})
    try:
        actions.give_errand_up(key, actor=request.user, now=now)
    except Refused as refusal:
        return _refused(request, refusal)
    messages.success(request, _("It is not tried any more. It can be run again below."))
    return redirect("operations:errands")


def _shown(rows: list[Errand], asked: ErrandFilter) -> dict[str, object]:
    """What the page says of its rows and of the whole queue."""
    now = timezone.now()
    queue = queries.queue_figures(now=now)
    return {
        "form": ErrandForm(asked, queries.names_promised()),
        "rows": [showing.row_of(errand, now=now) for errand in rows],
        "tiles": showing.tiles_of(queue),
        "oldest": showing.oldest_said(queue, now=now),
        "may_run_all": asked.state == "given_up" and bool(asked.name) and bool(rows),
    }


def _run_said(count: int) -> str:
    if not count:
        return _("Nothing is left to be run: the same was promised again.")
    return ngettext("%d errand runs in a moment.", "%d errands run in a moment.", count) % count


def _errand(key: UUID) -> Errand:
    found = queries.errand_by(key)
    if found is None:
        raise Http404
    return found


def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    for gap in refusal.gaps:
        messages.error(request, explain(gap.code))
    return redirect("operations:errands")
