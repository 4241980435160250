"""Where the code on a badge leads: who it is, and whether they are at what goes on now."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergia.exchange import access
from sinergia.exchange.actions.attending import tick_present
from sinergia.exchange.http import inside_visit
from sinergia.exchange.models import Delegate, Session, Visit
from sinergia.exchange.queries.delegation import travelling
from sinergia.exchange.queries.holding import attended_by, sessions_of_day
from sinergia.exchange.views.reaching import BEGUN, crumbs_of, session_of
from sinergia.exchange.words.there import in_zone_of
from sinergia.people.http import SignedInRequest, for_signed_in


@require_http_methods(["GET", "POST"])
@for_signed_in
def here(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Somebody's badge was read: whoever keeps the list ticks them with one press."""
    visit = inside_visit(request, key)
    found: Delegate = get_object_or_404(travelling(visit).exclude(name=""), key=row)
    holds = access.may_hold(request.user, visit) and visit.stage in BEGUN
    if request.method == "POST":
        return _tick(request, visit, found, holds=holds)
    with in_zone_of(visit):
        rows = _rows(found, sessions_of_day(visit, now=timezone.now())) if holds else []
        context = {"visit": visit, "delegate": found, "crumbs": crumbs_of(visit), "rows": rows}
        return render(request, "exchange/there/here.html", context | {"may_hold": holds})


def _rows(delegate: Delegate, sessions: Sequence[Session]) -> list[tuple[Session, bool]]:
    """Each session with whether the delegate is there."""
    attended = attended_by(delegate)
    return [(one, one.pk in attended) for one in sessions]


def _tick(
    request: SignedInRequest, visit: Visit, delegate: Delegate, *, holds: bool
) -> HttpResponse:
    """Note that a delegate is at a session, or that it was a slip."""
    if not holds:
        raise Http404
    session = session_of(visit, request.POST.get("session", ""))
    is_there = request.POST.get("there") == "yes"
    present, shown = ([delegate], []) if is_there else ([], [delegate])
    tick_present(session, present, shown=shown, actor=request.user, now=timezone.now())
    said = _("%(name)s is there.") if is_there else _("%(name)s is not there.")
    messages.success(request, said % {"name": delegate.name})
    return redirect("exchange:here", visit.key, delegate.key)
