"""Requests to a centre: listed, written down from somebody's words, taken, appointed, closed."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.tables.paging import Order, page_of
from sinergia.base.ui.acting import form_page, is_done
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.projects.access import may_write
from sinergia.support.actions import requests as actions
from sinergia.support.forms.requests import AppointForm, CloseForm, NoteForm, RequestsForm
from sinergia.support.models import Request
from sinergia.support.queries import requests as queries
from sinergia.support.queries import whom
from sinergia.support.queries.consultations import of_request
from sinergia.support.queries.requests import RequestFilter
from sinergia.support.views.reaching import acted, places_of, request_of, topics_for
from sinergia.support.words import explain
from sinergia.support.words.help import STAGES, tabs_said, whom_said

ORDER = Order("asked_at", is_descending=True)


@require_GET
@for_staff
def requests(request: StaffRequest) -> HttpResponse:
    """Everything that is asked of the centre, the latest first."""
    asked, now = RequestFilter.from_query(request.GET.dict()), timezone.now()
    rows = queries.asked_for(request.centre, asked, reader=request.user, now=now)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(rows, order=ORDER, after=after, before=before)
    context = {
        "page": page,
        "lines": [(one, whom_said(one), STAGES[Request.Stage(one.stage)]) for one in page.rows],
        "tabs": _tabs(request, asked),
        "form": RequestsForm(asked),
        "asked": asked,
        "is_set": any(name != "stage" for name in asked.values),
        "query": asked.to_query(),
    }
    return render(request, "support/help/requests.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def note(request: StaffRequest) -> HttpResponse:
    """Write a request down from somebody's words."""
    centre = request.centre
    meant = whom.meant_by(centre, request.POST.get("who", ""))
    form = NoteForm(topics_for(request), meant, places_of(centre), request.POST or None)
    if is_done(form, partial(_note, request, form), explain):
        messages.success(request, _("Written down."))
        return redirect("help:requests")
    context = {"recent": whom.recent_labels(centre)}
    return form_page(request, "support/help/note.html", form, **context)


@require_GET
@for_staff
def request_page(request: StaffRequest, key: UUID) -> HttpResponse:
    """What is asked, and what was done about it."""
    row = request_of(request, key)
    context = {
        "row": row,
        "who": whom_said(row),
        "kind": STAGES[Request.Stage(row.stage)],
        "is_open": row.stage in queries.OPEN,
        "answers": list(of_request(row.pk)),
        "sees_project": row.project is not None and may_write(request.user, row.project),
        "answer_url": f"{reverse('help:new')}?request={row.key}",
    }
    return render(request, "support/help/request.html", context)


@require_POST
@for_staff
def take(request: StaffRequest, key: UUID) -> HttpResponse:
    """Take it upon oneself."""
    row = request_of(request, key)
    url = reverse("help:request", args=[key])
    return acted(request, partial(actions.take_request, row), _("It is yours now."), url)


@require_http_methods(["GET", "POST"])
@for_staff
def appoint(request: StaffRequest, key: UUID) -> HttpResponse:
    """Say when and where somebody is expected."""
    row = request_of(request, key)
    form = AppointForm(request.centre.time_zone, request.POST or None, initial=_appointed(row))
    if is_done(form, partial(_appoint, request, form, row), explain):
        if _is_reached(row):
            messages.success(request, _("Appointed. Whoever asked is told."))
        else:
            messages.warning(request, _("Appointed. Nobody could be written to: phone them."))
        return redirect("help:request", key)
    context = {"row": row, "who": whom_said(row), "zone": request.centre.time_zone}
    return form_page(request, "support/help/appoint.html", form, **context)


@require_http_methods(["GET", "POST"])
@for_staff
def close(request: StaffRequest, key: UUID) -> HttpResponse:
    """Close it without an answer, with words."""
    row, form = request_of(request, key), CloseForm(request.POST or None)
    if is_done(form, partial(_close, request, form, row), explain):
        if row.appointed_at is None or row.appointed_at < timezone.now() or _is_reached(row):
            messages.success(request, _("Closed."))
        else:
            messages.warning(request, _("Closed. Nobody could be written to: phone them."))
        return redirect("help:request", key)
    context = {"row": row, "who": whom_said(row), "back": reverse("help:request", args=[key])}
    return form_page(request, "support/help/close.html", form, **context)


def _tabs(request: StaffRequest, asked: RequestFilter) -> list[tuple[str, str, bool]]:
    """Each stage with how many fit all that is asked beside it."""
    bare = RequestFilter.from_query(asked.values | {"stage": ""})
    beside = queries.asked_for(request.centre, bare, reader=request.user, now=timezone.now())
    return tabs_said(asked, queries.stages_of(beside))


def _is_reached(row: Request) -> bool:
    """Whether whoever asked is told here or by a letter."""
    return queries.has_account(row) or bool(queries.address_without_account(row))


def _note(request: StaffRequest, form: NoteForm) -> None:
    now, key = timezone.now(), form.cleaned_data["key"]
    noted = form.noted(timezone.localdate(now))
    actions.note_request(request.centre, key, noted, actor=request.user, now=now)


def _appointed(row: Request) -> dict[str, object]:
    if row.appointed_at is None:
        return {}
    with timezone.override(row.centre.time_zone):
        local = timezone.localtime(row.appointed_at)
    return {"on": local.date(), "at": local.time(), "where": row.appointed_where}


def _appoint(request: StaffRequest, form: AppointForm, row: Request) -> None:
    said, now = form.cleaned_data, timezone.now()
    actions.appoint(row, said["moment"], said["where"], actor=request.user, now=now)


def _close(request: StaffRequest, form: CloseForm, row: Request) -> None:
    why, now = form.cleaned_data["why"], timezone.now()
    actions.close_request(row, why, actor=request.user, now=now)
