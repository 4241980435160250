"""People and groups whom a centre helps: listed, corrected, forgotten."""

from functools import partial
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinergia.base.tables.paging import Order, count_up_to, page_of
from sinergia.base.ui.acting import form_page, is_done
from sinergia.engine.text import clean_line
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.support.actions import clients as actions
from sinergia.support.forms.dictionaries import ClientForm, NamesForm, client_initial
from sinergia.support.models import Client
from sinergia.support.queries import whom
from sinergia.support.views.reaching import acted, places_of
from sinergia.support.words import explain
from sinergia.support.words.help import client_said


@require_GET
@for_staff
def clients(request: StaffRequest) -> HttpResponse:
    """Everybody the centre knows so, by name."""
    typed = clean_line(request.GET.get("q", ""))[:200]
    rows = whom.clients_named(request.centre, typed)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    context = {
        "page": page_of(rows, order=Order("name_folded"), after=after, before=before),
        "total": count_up_to(rows),
        "form": NamesForm(initial={"q": typed}, auto_id="filter_%s"),
        "q": typed,
        "query": urlencode({"q": typed}) if typed else "",
    }
    return render(request, "support/help/clients.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def client(request: StaffRequest, key: UUID) -> HttpResponse:
    """What is held of somebody, and writing it anew."""
    row = _client(request, key)
    places, initial = places_of(request.centre), client_initial(row)
    form = ClientForm(places, request.POST or None, initial=initial)
    if is_done(form, partial(_change, request, form, row), explain):
        messages.success(request, _("Saved."))
        return redirect("help:client", key)
    return form_page(request, "support/help/client.html", form, row=row, name=client_said(row))


@require_http_methods(["GET", "POST"])
@for_staff
def erase(request: StaffRequest, key: UUID) -> HttpResponse:
    """Ask once more, then forget who somebody is; that they were helped stays a number."""
    row = _client(request, key)
    if request.method == "GET":
        context = {"row": row, "name": client_said(row)}
        return render(request, "support/help/erase.html", context)
    act = partial(actions.erase_client, row)
    return acted(request, act, _("Forgotten; the numbers stay."), reverse("help:clients"))


def _client(request: StaffRequest, key: UUID) -> Client:
    found = whom.client_by(request.centre, key)
    if found is None:
        raise Http404
    return found


def _change(request: StaffRequest, form: ClientForm, row: Client) -> None:
    actions.change_client(row, form.given(), actor=request.user, now=timezone.now())
