"""A programme is told to those concerned; on the day, that one is late."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergia.base.ui.acting import is_done
from sinergia.engine.refusal import Refused
from sinergia.exchange.actions.delays import say_late, take_back_late
from sinergia.exchange.actions.publishing import Seen, tell_programme
from sinergia.exchange.forms.hosts import PublishForm, shown_again
from sinergia.exchange.forms.sessions import LateForm
from sinergia.exchange.http import held_visit, our_visit
from sinergia.exchange.models import ProgrammeStep, Session, Visit
from sinergia.exchange.queries.sessions import all_sessions_of, findings_of, step_by
from sinergia.exchange.queries.telling import addressees_of, changes_now, hosts_to_call
from sinergia.exchange.views.programme.sessions import refused
from sinergia.exchange.words import explain
from sinergia.exchange.words.changes import changes_said
from sinergia.exchange.words.telling import call_them
from sinergia.exchange.words.there import in_zone_of
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.people.http import SignedInRequest, for_signed_in


@require_http_methods(["GET", "POST"])
@for_staff
def tell(request: StaffRequest, key: UUID) -> HttpResponse:
    """Who will be told what; then they are."""
    visit = our_visit(request, key)
    rows = list(all_sessions_of(visit))
    seen = Seen.of([one for one in rows if one.removed_at is None]).said()
    form = PublishForm(request.POST or None, initial={"seen": seen})

    def publish() -> None:
        said, now = form.cleaned_data, timezone.now()
        tell_programme(visit, seen=said["seen"], note=said["note"], actor=request.user, now=now)

    if is_done(form, publish, explain):
        messages.success(request, _("The programme is told to those whom it concerns."))
        return redirect("visits:programme", key)
    with in_zone_of(visit):
        context = _preview(visit, rows) | {"form": shown_again(form, seen)}
        status = 422 if form.is_bound else 200
        return render(request, "exchange/programme/tell.html", context, status=status)


@require_POST
@for_signed_in
def late(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Say by how many minutes one is late, in one press: the centre, or who leads in the bus."""
    visit, form = held_visit(request, key), LateForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say by how many minutes: from 1 to 240."))
        return redirect("visits:programme", key)
    minutes, now = form.cleaned_data["minutes"], timezone.now()
    try:
        step = say_late(visit, minutes, actor=request.user, now=now)
    except Refused as refusal:
        return refused(request, visit, refusal)
    messages.success(
        request, _("Told: hosts of the later sessions, delegates, organisers, both centres.")
    )
    warn_to_call(request, hosts_to_call(step))
    return redirect("visits:programme", key)


@require_POST
@for_signed_in
def in_time(request: SignedInRequest, key: UUID, step: UUID) -> HttpResponse:
    """Say that one is in time after all."""
    visit = held_visit(request, key)
    found = step_by(visit, step)
    if found is None or found.kind != ProgrammeStep.Kind.LATE:
        raise Http404
    try:
        take_back_late(found, actor=request.user, now=timezone.now())
    except Refused as refusal:
        return refused(request, visit, refusal)
    messages.success(request, _("Taken back."))
    warn_to_call(request, hosts_to_call(found))
    return redirect("visits:programme", key)


def warn_to_call(request: HttpRequest, names: Sequence[str]) -> None:
    """Say whom no letter reaches, where there is anybody."""
    if said := call_them(names):
        messages.warning(request, said)


def _preview(visit: Visit, rows: Sequence[Session]) -> dict[str, object]:
    """What is told, and to whom."""
    sessions = [one for one in rows if one.removed_at is None]
    changes = changes_now(visit, sessions)
    told = addressees_of(visit, changes, rows)
    return {
        "visit": visit,
        "is_first": visit.course.version == 0,
        "changes": changes_said(changes),
        "told": told,
        "hosts": [(host, changes_said(host.changes)) for host in told.hosts],
        "is_blocked": any(one.blocks for one in findings_of(visit, sessions)),
    }
