"""One's own enrolment by the link of the letter: leaving, the calendar, files, the certificate."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinergia.base.files.http import respond_with
from sinergia.base.tables.sent import file_response
from sinergia.base.ui.acting import form_page, tell_gaps
from sinergia.engine.refusal import Refused
from sinergia.people.http import for_everyone, keep_off_referrers, reader_of
from sinergia.support.access.trainings import is_own, own_token
from sinergia.support.actions import enrolling as actions
from sinergia.support.actions.attending import tick_own
from sinergia.support.actions.trainings import UNDER_WAY
from sinergia.support.forms.trainings import AddressForm
from sinergia.support.models import Enrolment, Training
from sinergia.support.queries import enrolments as queries
from sinergia.support.queries.trainings import files_of
from sinergia.support.views.trainings.people import paper_of
from sinergia.support.views.trainings.reaching import file_in, own_row
from sinergia.support.words.training_calendar import calendar_of
from sinergia.support.words.trainings import explain, in_zone_of

READ = "training_code"  # the session's word for the code that was read at a door
OWN = "training_own"  # and for the enrolments whose links were opened on this device
MOST_OWN = 10
Stage = Enrolment.Stage


@require_http_methods(["GET", "POST"])
@keep_off_referrers
@for_everyone
def own(request: HttpRequest, row: UUID, token: str) -> HttpResponse:
    """Whether one has a place, and all that belongs to it; pressed, that one is there."""
    found, now = own_row(row, token), timezone.now()
    if request.method == "POST":
        return _be_there(request, found, token)
    _remember(request, found)
    training = found.training
    is_in = found.stage == Stage.ENROLLED
    with in_zone_of(training):
        context = {
            "row": found,
            "training": training,
            "token": token,
            "number": queries.place_in_line(found) if found.stage == Stage.WAITING else 0,
            "files": list(files_of(training)) if is_in else [],
            "may_leave": found.stage != Stage.LEFT and training.stage in UNDER_WAY
            and found.attended_at is None,
            "is_here": is_in and _has_read(request, training, now=now),
        }  # fmt: skip
        return render(request, "trainings/own.html", context)


@require_http_methods(["GET", "POST"])
@keep_off_referrers
@for_everyone
def leave(request: HttpRequest, row: UUID, token: str) -> HttpResponse:
    """Ask once more, then give the place back: somebody who waits gets it."""
    found = own_row(row, token)
    if request.method == "GET":
        context = {"row": found, "training": found.training, "token": token}
        return render(request, "trainings/leave_own.html", context)
    try:
        actions.leave(found, by=None, now=timezone.now())
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
    else:
        messages.success(
            request, _("Your place is free for somebody else. Thank you for saying so.")
        )
    return redirect("trainings:own", row, token)


@require_http_methods(["GET", "POST"])
@keep_off_referrers
@for_everyone
def forget(request: HttpRequest, row: UUID, token: str) -> HttpResponse:
    """Take the consent back: ask once more, then erase what is written."""
    found = own_row(row, token)
    if request.method == "GET":
        context = {"row": found, "training": found.training, "token": token}
        return render(request, "trainings/forget_own.html", context)
    actions.forget_enrolment(found, actor=found, now=timezone.now())
    messages.success(request, _("What was written of you is erased."))
    return redirect("trainings:training", found.training.key)


@require_GET
@keep_off_referrers
@for_everyone
def calendar(request: HttpRequest, row: UUID, token: str) -> HttpResponse:
    """The training for a calendar."""
    found = own_row(row, token)
    address = request.build_absolute_uri(reverse("trainings:training", args=[found.training.key]))
    content = calendar_of(
        found.training, address, now=timezone.now(), with_link=found.stage == Stage.ENROLLED
    )
    return file_response(content, "training.ics")


@require_GET
@keep_off_referrers
@for_everyone
def certificate(request: HttpRequest, row: UUID, token: str) -> HttpResponse:
    """One's own certificate."""
    found = own_row(row, token)
    if not found.certificate:
        raise Http404
    return paper_of(request, found)


@require_GET
@keep_off_referrers
@for_everyone
def file(request: HttpRequest, row: UUID, token: str, file: UUID) -> HttpResponseBase:
    """What is handed out, to who has a place."""
    found = own_row(row, token)
    if found.stage != Stage.ENROLLED:
        raise Http404
    return respond_with(file_in(found.training, file).file, asked=request.headers)


@require_http_methods(["GET", "POST"])
@keep_off_referrers
@for_everyone
def here(request: HttpRequest, code: str) -> HttpResponse:
    """The code at the door was read: whoever is known here is led to their own page.

    Others have their link sent once more; the answer is the same for whoever is not on the list.
    """
    now = timezone.now()
    training = queries.training_checked_by(code, now=now)
    if training is None:
        raise Http404
    request.session[READ] = code
    found = _known(request, training)
    if found is not None:
        return redirect("trainings:own", found.key, own_token(found.key))
    form = AddressForm(request.POST or None)
    if form.is_valid():
        actions.send_link_again(training, form.cleaned_data["email"], now=now)
        said = _("If this address is on the list, the letter with your link is there in a minute.")
        messages.success(request, said)
        return redirect("trainings:here", code)
    return form_page(request, "trainings/here.html", form, training=training)


def _be_there(request: HttpRequest, found: Enrolment, token: str) -> HttpResponse:
    """Note that one is there, with the code that was read at the door."""
    try:
        tick_own(found, request.session.get(READ, ""), actor=None, now=timezone.now())
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
    else:
        messages.success(request, _("You are here: it is noted."))
    return redirect("trainings:own", found.key, token)


def _known(request: HttpRequest, training: Training) -> Enrolment | None:
    """Whose device it is: whoever is signed in, or opened their own link on it."""
    reader = reader_of(request)
    found = queries.own_in(training, reader) if reader is not None else None
    if found is not None and reader is not None and is_own(reader, found):
        return found
    for key in request.session.get(OWN, []):
        row = queries.enrolment_keyed(key)
        if row is not None and row.training_id == training.pk and row.stage != Stage.LEFT:
            return row
    return None


def _remember(request: HttpRequest, found: Enrolment) -> None:
    """Know this device again at the door."""
    known = [key for key in request.session.get(OWN, []) if key != str(found.key)]
    request.session[OWN] = [str(found.key), *known][:MOST_OWN]


def _has_read(request: HttpRequest, training: Training, *, now: datetime) -> bool:
    """Whether the code of this training was read on this device, and it is its day."""
    is_read = request.session.get(READ, "") == training.check_code
    return is_read and queries.is_day_of(training, now=now)
