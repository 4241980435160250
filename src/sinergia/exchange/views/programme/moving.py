"""Sessions are moved, by the mouse or by buttons, and moved back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sinergia.engine.refusal import Refused
from sinergia.exchange.actions import moving as actions
from sinergia.exchange.actions.sessions import Stale
from sinergia.exchange.forms.sessions import MoveForm, ShiftForm
from sinergia.exchange.http import our_session, our_visit
from sinergia.exchange.models import ProgrammeStep, Session
from sinergia.exchange.queries.sessions import step_by
from sinergia.exchange.views.programme.sessions import back_to, meanwhile, refused
from sinergia.exchange.words.changes import span_said
from sinergia.exchange.words.there import in_zone_of
from sinergia.organisations.http import StaffRequest, for_staff


@require_POST
@for_staff
def move(request: StaffRequest, key: UUID, session: UUID) -> HttpResponse:
    """Put a session elsewhere: past its neighbour, on another day, before another one."""
    found, form = our_session(request, key, session), MoveForm(request.POST)
    if not form.is_valid():
        return _unreadable(request, found)
    try:
        moved = _moved(request, found, form)
    except Stale as stale:
        return meanwhile(request, found.visit, stale)
    except Refused as refusal:
        return refused(request, found.visit, refusal)
    return _told(request, moved, moved.version != found.version)


@require_POST
@for_staff
def shift(request: StaffRequest, key: UUID, session: UUID) -> HttpResponse:
    """Let a session and all later ones of its day begin earlier or later."""
    found, form = our_session(request, key, session), ShiftForm(request.POST)
    if not form.is_valid():
        return _unreadable(request, found)
    seen, minutes, now = form.cleaned_data["seen"], form.cleaned_data["minutes"], timezone.now()
    try:
        moved = actions.shift_later(found, minutes, seen=seen, actor=request.user, now=now)
    except Stale as stale:
        return meanwhile(request, found.visit, stale)
    except Refused as refusal:
        return refused(request, found.visit, refusal)
    return _told(request, moved, is_moved=True)


@require_POST
@for_staff
def undo(request: StaffRequest, key: UUID, step: UUID) -> HttpResponse:
    """Take back a move or a removal; a delay has a way back of its own."""
    visit = our_visit(request, key)
    found = step_by(visit, step)
    if found is None or found.kind == ProgrammeStep.Kind.LATE:
        raise Http404
    try:
        actions.undo_step(found, actor=request.user, now=timezone.now())
    except Refused as refusal:
        return refused(request, visit, refusal)
    messages.success(request, _("Taken back."))
    return redirect("visits:programme", key)


def _moved(request: StaffRequest, session: Session, form: MoveForm) -> Session:
    target, now = form.target(), timezone.now()
    seen, to = form.cleaned_data["seen"], form.cleaned_data["to"]
    if target is not None:
        return actions.move_session(session, target, seen=seen, actor=request.user, now=now)
    if not to:
        return session
    return actions.nudge_session(session, to, seen=seen, actor=request.user, now=now)


def _unreadable(request: StaffRequest, session: Session) -> HttpResponse:
    messages.error(request, _("This was no day, and no number of minutes. Nothing is moved."))
    return back_to(session.visit, session.key)


def _told(request: StaffRequest, session: Session, is_moved: bool) -> HttpResponse:  # noqa: FBT001  # said at the call
    """Say when the session is now; conflicts stand beside it."""
    if is_moved:
        with in_zone_of(session.visit):
            values = {"title": session.title, "when": span_said(session.starts_at, session.ends_at)}
        messages.success(request, _("Moved: %(title)s, %(when)s.") % values)
    return back_to(session.visit, session.key)
