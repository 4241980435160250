"""Sessions of a commission, for whoever keeps its minutes."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.files.http import receive, respond_with
from sinergia.base.tables.sent import file_response
from sinergia.base.ui.acting import is_done, tell_gaps
from sinergia.calls.http import in_zone_of
from sinergia.engine.refusal import Refused
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.people.models import Person
from sinergia.review.actions import sittings as actions
from sinergia.review.forms.commission import PresenceForm, ScanForm, SittingForm
from sinergia.review.http import minuted_contest
from sinergia.review.models import Sitting
from sinergia.review.papers.minutes import docx_of
from sinergia.review.queries.commission import members_of
from sinergia.review.queries.minutes import minutes_for
from sinergia.review.queries.sittings import (
    Attendance,
    attendance_of,
    counted,
    items_of,
    sitting_in,
)
from sinergia.review.views.commission import form_page, kept_commission
from sinergia.review.words import explain
from sinergia.review.words.commission import kinds_said, proposal_said


@require_http_methods(["GET", "POST"])
@for_signed_in
def new(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Set a session."""
    commission = kept_commission(request, key)
    made: list[Sitting] = []
    with in_zone_of(commission.contest):
        form = SittingForm(request.POST or None, initial={"form": Sitting.Form.IN_PERSON})

        def act() -> None:
            given, actor = form.given(), request.user
            made.append(actions.write_sitting(commission, given, actor=actor, now=timezone.now()))

        if is_done(form, act, explain):
            return redirect("commission:sitting", key, made[0].key)
        return form_page(request, commission.contest, form, title=_("Set a session"))


@require_http_methods(["GET", "POST"])
@for_signed_in
def change(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Set a session anew."""
    found = kept_sitting(request, key, row)
    names = ("number", "form", "begins_at", "ends_at", "place")
    with in_zone_of(found.commission.contest):
        initial = {name: getattr(found, name) for name in names}
        form, now = SittingForm(request.POST or None, initial=initial), timezone.now()

        def act() -> None:
            given, actor, its = form.given(), request.user, found.commission
            actions.write_sitting(its, given, sitting=found, actor=actor, now=now)

        if is_done(form, act, explain):
            return redirect("commission:sitting", key, row)
        return form_page(request, found.commission.contest, form, title=_("Change the session"))


@require_GET
@for_signed_in
def sitting(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """A session: who is there, whether that is enough, the agenda."""
    found = kept_sitting(request, key, row)
    context = told_of(found, request.user)
    context |= {"form": _presence(context["room"]), "kinds": kinds_said()}
    with in_zone_of(found.commission.contest):
        return render(request, "review/commission/sitting.html", context)


@require_POST
@for_signed_in
def present(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Say who is there."""
    found = kept_sitting(request, key, row)
    form, now = PresenceForm(list(members_of(found.commission)), request.POST), timezone.now()
    try:
        if form.is_valid():
            actions.mark_present(found, form.given(), actor=request.user, now=now)
            number = len(form.given())
            told = ngettext("%(number)s member is there.", "%(number)s members are there.", number)
            messages.success(request, told % {"number": number})
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
    return redirect("commission:sitting", key, row)


@require_http_methods(["GET", "POST"])
@for_signed_in
def add_scan(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Add the scan of what was signed."""
    found, now = kept_sitting(request, key, row), timezone.now()
    form = ScanForm(request.POST or None, receive(request, ScanForm, now=now))

    def act() -> None:
        actions.add_scan(found, form.cleaned_data["scan"], actor=request.user, now=now)

    if is_done(form, act, explain):
        messages.success(request, _("The scan is added. Votes can be entered from it now."))
        return redirect("commission:sitting", key, row)
    return form_page(request, found.commission.contest, form, title=_("Scan of the minutes"))


@require_GET
@for_signed_in
def scan(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponseBase:
    """The scan, whole: for who is recused from nothing in the session."""
    found = kept_sitting(request, key, row)
    if found.scan is None or told_of(found, request.user)["hidden"]:
        raise Http404
    return respond_with(found.scan, asked=request.headers)


@require_http_methods(["GET", "POST"])
@for_signed_in
def step(request: SignedInRequest, key: UUID, row: UUID, name: str) -> HttpResponse:
    """Open a session, close it for good, take away one that was not opened."""
    found, now = sitting_in(minuted_contest(request, key), row), timezone.now()
    if found is None and name == "remove":  # pressed twice
        return redirect("commission:composition", key)
    if name not in STEPS or found is None:
        raise Http404
    if request.method == "GET":
        return _asking(request, found, name, now)
    try:
        STEPS[name](found, actor=request.user, now=now)
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
    else:
        if name == "remove":
            return redirect("commission:composition", key)
    return redirect("commission:sitting", key, row)


@require_GET
@for_signed_in
def minutes(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """The minutes as DOCX; of a session that is not closed, a draft."""
    return minutes_answer(kept_sitting(request, key, row), request.user)


STEPS: Mapping[str, Callable[..., object]] = {
    "open": actions.open_sitting,
    "close": actions.close_sitting,
    "remove": actions.remove_sitting,
}


def kept_sitting(request: SignedInRequest, key: UUID, row: UUID) -> Sitting:
    """A session of the contest whose minutes whoever asks keeps."""
    found = sitting_in(minuted_contest(request, key), row)
    if found is None:
        raise Http404
    return found


def minutes_answer(sitting: Sitting, reader: Person) -> HttpResponse:
    """The minutes as this reader may see them, as a file."""
    language = get_language() or "ru"
    minutes, now = minutes_for(sitting, reader), timezone.now()
    told = partial(proposal_said, currency=minutes.currency, language=language)
    content = docx_of(minutes, told=told, digest=sitting.digest, language=language, now=now)
    return file_response(content, "minutes.docx")


def told_of(sitting: Sitting, reader: Person) -> dict[str, Any]:
    """A session as a reader sees it. hidden: how many items they do not see."""
    room = attendance_of(sitting)
    items = counted(sitting, list(items_of(sitting, reader)), room)
    return {
        "room": room,
        "sitting": sitting,
        "contest": sitting.commission.contest,
        "commission": sitting.commission,
        "items": items,
        "hidden": sitting.items.count() - len(items),
        "has_quorum": room.has_quorum,
        "there": len(room.there & room.entitled),
    }


def _asking(request: SignedInRequest, found: Sitting, name: str, now: datetime) -> HttpResponse:
    context = told_of(found, request.user) | {"step": name, "is_told": found.begins_at >= now}
    context["is_early"] = name == "open" and actions.is_early(found, now=now)
    with in_zone_of(found.commission.contest):
        return render(request, "review/commission/step.html", context)


def _presence(room: Attendance) -> PresenceForm:
    initial = {"members": [str(one.key) for one in room.members if one.pk in room.there]}
    return PresenceForm(room.members, initial=initial)
