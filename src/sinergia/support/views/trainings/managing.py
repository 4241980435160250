"""The page of a training for its centre: the code at the door, files, certificates, a message."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.files.http import receive, respond_with
from sinergia.base.tables.sent import file_response
from sinergia.base.ui.acting import form_page, is_done, tell_gaps
from sinergia.base.ui.squares import square_of
from sinergia.base.ui.templatetags.figures import tiles
from sinergia.engine.refusal import Refused
from sinergia.notices.actions import draft_mailing
from sinergia.notices.forms import MailingForm
from sinergia.notices.models import Mailing
from sinergia.notices.words import explain as explain_mailing
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.support.actions import trainings as actions
from sinergia.support.actions.certifying import give_certificates
from sinergia.support.forms.trainings import FileForm
from sinergia.support.models import Training
from sinergia.support.papers import trainings as papers
from sinergia.support.queries import trainings as queries
from sinergia.support.queries.enrolments import PeopleFilter, asked_people, people_of, to_sign
from sinergia.support.views.trainings.reaching import file_in, framed, our_training
from sinergia.support.words.trainings import (
    explain,
    in_zone_of,
    may_be_cancelled,
    places_said,
    steps_said,
)

SHELVES = {"take-out": True, "put-back": False}


@require_GET
@for_staff
def manage(request: StaffRequest, key: UUID) -> HttpResponse:
    """A training as it stands: its numbers, what may be done, what is handed out."""
    found = our_training(request, key)
    certified = queries.certified_of(found)
    with in_zone_of(found):
        context = framed(found, "manage") | {
            "steps": steps_said(found, certified=certified, now=timezone.now()),
            "may_be_cancelled": may_be_cancelled(found),
            "tiles": _tiles(found),
            "places": places_said(queries.places_left(found)),
            "public_url": request.build_absolute_uri(reverse("trainings:training", args=[key])),
            "files": list(queries.files_of(found)),
            "removed": list(queries.removed_files_of(found)),
            "certified": certified,
        }
        return render(request, "trainings/manage.html", context)


@require_GET
@for_staff
def door(request: StaffRequest, key: UUID) -> HttpResponse:
    """The code that hangs at the door; whoever enrolled notes themselves by it on the day."""
    found = our_training(request, key)
    address = request.build_absolute_uri(reverse("trainings:here", args=[found.check_code]))
    side, path = square_of(address)
    with in_zone_of(found):
        context = framed(found, "door") | {"side": side, "path": path, "address": address}
        return render(request, "trainings/door.html", context)


@require_GET
@for_staff
def attendance(request: StaffRequest, key: UUID) -> HttpResponse:
    """The attendance list to be signed, as a PDF."""
    found, now = our_training(request, key), timezone.now()
    with in_zone_of(found):
        content = papers.attendance_list(
            found, list(to_sign(found)), language=get_language() or "ru", now=now
        )
    return file_response(content, "attendance.pdf", is_inline=True)


@require_POST
@for_staff
def certify(request: StaffRequest, key: UUID) -> HttpResponse:
    """Give a certificate to everybody who was there."""
    found = our_training(request, key)
    try:
        given = give_certificates(found, actor=request.user, now=timezone.now())
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
    else:
        said = ngettext("%(count)s certificate given.", "%(count)s certificates given.", given)
        messages.success(request, said % {"count": given})
    return redirect("trainings:manage", key)


@require_http_methods(["GET", "POST"])
@for_staff
def add_file(request: StaffRequest, key: UUID) -> HttpResponse:
    """Add what is handed out."""
    found, now = our_training(request, key), timezone.now()
    form = FileForm(request.POST or None, receive(request, FileForm, now=now))

    def act() -> None:
        actions.add_file(found, form.cleaned_data["file"], actor=request.user, now=now)

    if is_done(form, act, explain):
        messages.success(request, _("The file is added: those who have a place find it."))
        return redirect("trainings:manage", key)
    return form_page(request, "trainings/file_form.html", form, **framed(found))


@require_GET
@for_staff
def file(request: StaffRequest, key: UUID, row: UUID) -> HttpResponseBase:
    """What is handed out, for the centre itself."""
    found = file_in(our_training(request, key), row, with_removed=True)
    return respond_with(found.file, asked=request.headers)


@require_POST
@for_staff
def shelve_file(request: StaffRequest, key: UUID, row: UUID, shelf: str) -> HttpResponse:
    """Take a file out, or put it back."""
    found = file_in(our_training(request, key), row, with_removed=True)
    if shelf not in SHELVES:
        raise Http404
    is_away = SHELVES[shelf]
    actions.shelve_file(found, is_away=is_away, actor=request.user, now=timezone.now())
    told = _("The file is taken out. It can be put back.") if is_away else _("The file is back.")
    messages.success(request, told)
    return redirect("trainings:manage", key)


@require_http_methods(["GET", "POST"])
@for_staff
def message(request: StaffRequest, key: UUID) -> HttpResponse:
    """A message to those who enrolled, as the list was asked; it is looked at before it goes."""
    found = our_training(request, key)
    asked = PeopleFilter.from_query(request.GET.dict())
    form = MailingForm(request.POST or None, initial={"subject": found.name[:150]})
    made: list[Mailing] = []

    if is_done(form, partial(_draft, request, found, asked, form, made), explain_mailing):
        return redirect("register:mailing", made[0].key)
    number = asked_people(people_of(found), asked).count()
    context = framed(found) | {"number": number, "query": asked.to_query()}
    return form_page(request, "trainings/message.html", form, **context)


def _draft(
    request: StaffRequest,
    found: Training,
    asked: PeopleFilter,
    form: MailingForm,
    made: list[Mailing],
) -> None:
    rows = asked_people(people_of(found), asked).exclude(name="").order_by("pk")
    made.append(
        draft_mailing(
            form.cleaned_data["subject"],
            form.cleaned_data["text"],
            scope_kind="centre",
            scope_key=request.centre.key,
            addressees=[papers.addressee_of(one) for one in rows],
            actor=request.user,
            now=timezone.now(),
            reply_to=request.user.email,
        )
    )


def _tiles(found: Training) -> list[object]:
    people = reverse("trainings:people", args=[found.key])
    rows = people_of(found)
    parts = [
        ("enrolled", _("have a place")),
        ("waiting", _("on the waiting list")),
        ("attended", _("were there")),
    ]
    return [
        *tiles(
            (asked_people(rows, PeopleFilter(part=part)).count(), words, f"{people}?part={part}")
            for part, words in parts
        )
    ]
