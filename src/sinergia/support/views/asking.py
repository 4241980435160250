"""Somebody asks the centre of their region for help, and follows what becomes of it."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from sinergia.base.tables.sent import file_response
from sinergia.base.ui.acting import form_page, is_done
from sinergia.base.ui.templatetags.ui import inner_quotes
from sinergia.people.http import (
    SignedInRequest,
    for_everyone,
    for_signed_in,
    keep_off_referrers,
)
from sinergia.projects.models import Project
from sinergia.support.access.help import may_open_appointment
from sinergia.support.actions import requests as actions
from sinergia.support.forms.requests import AskForm, CloseForm
from sinergia.support.models import Request
from sinergia.support.queries import requests as queries
from sinergia.support.words import explain
from sinergia.support.words.calendar import calendar_of
from sinergia.support.words.help import STAGES

MOST = 100  # of one's own that are shown


@require_http_methods(["GET", "POST"])
@for_signed_in
def ask(request: SignedInRequest) -> HttpResponse:
    """Ask: for an organisation, about a project, for oneself."""
    project = queries.project_asked(request.user, request.GET.get("project", ""))
    organisations = queries.organisations_asking(request.user)
    named = request.GET.get("organisation", "") or next((str(one.key) for one in organisations), "")
    initial = {"organisation": named, "text": _about(project)}
    centres = queries.centres_to_ask()
    form = AskForm(organisations, centres, request.POST or None, project=project, initial=initial)
    if is_done(form, partial(_ask, request, form), explain):
        messages.success(request, _("The centre has your request; you are told of its answer."))
        return redirect("help:own", form.cleaned_data["key"])
    return form_page(request, "support/help/ask.html", form, project=project)


@require_GET
@for_signed_in
def mine(request: SignedInRequest) -> HttpResponse:
    """What one has asked, the latest first."""
    found = list(queries.own_requests(request.user)[:MOST])
    rows = [(one, STAGES[Request.Stage(one.stage)]) for one in found]
    return render(request, "support/help/mine.html", {"rows": rows})


@require_GET
@for_signed_in
def own(request: SignedInRequest, key: UUID) -> HttpResponse:
    """One request as whoever asked sees it: nothing of what the centre notes for itself."""
    row = _own(request, key)
    is_open = row.stage in queries.OPEN
    context = {"row": row, "kind": STAGES[Request.Stage(row.stage)], "is_open": is_open}
    return render(request, "support/help/own.html", context)


@require_http_methods(["GET", "POST"])
@for_signed_in
def let_go(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Whoever asked needs it no more."""
    row, form = _own(request, key), CloseForm(request.POST or None)
    if is_done(form, partial(_close, request, form, row), explain):
        messages.success(request, _("Closed."))
        return redirect("help:own", key)
    context = {"row": row, "who": "", "back": reverse("help:own", args=[key])}
    return form_page(request, "support/help/close.html", form, **context)


@require_GET
@for_signed_in
def own_calendar(request: SignedInRequest, key: UUID) -> HttpResponse:
    """One's appointment for a calendar."""
    row = _own(request, key)
    if row.appointed_at is None or row.stage not in queries.OPEN:
        raise Http404
    return _calendar(row)


@require_safe
@for_everyone
@keep_off_referrers
def calendar(request: HttpRequest, key: UUID, token: str) -> HttpResponse:
    """The same by the address of a letter, without an account."""
    row = queries.appointment_by(key) if may_open_appointment(key, token) else None
    if row is None:
        raise Http404
    return _calendar(row)


def _own(request: SignedInRequest, key: UUID) -> Request:
    found = queries.own_requests(request.user).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def _about(project: Project | None) -> str:
    if project is None:
        return ""
    words = _("We would like to talk about the project “%(title)s”.")
    return words % {"title": inner_quotes(project.title or _("without a title"))}


def _ask(request: SignedInRequest, form: AskForm) -> None:
    now, said = timezone.now(), form.cleaned_data
    centre = form.centre_given()
    made = actions.ask_for_help(said["key"], form.asked(), centre, actor=request.user, now=now)
    said["key"] = made.key


def _close(request: SignedInRequest, form: CloseForm, row: Request) -> None:
    actions.close_request(row, form.cleaned_data["why"], actor=request.user, now=timezone.now())


def _calendar(row: Request) -> HttpResponse:
    return file_response(calendar_of(row, now=timezone.now()), "appointment.ics")
