"""A delegate's own page of a visit; how everybody travels, for the two who see to it."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.tables.sent import file_response
from sinergia.base.ui.acting import form_page, is_done
from sinergia.exchange import access
from sinergia.exchange.actions import own as actions
from sinergia.exchange.forms.delegation import TravelForm, WishesForm
from sinergia.exchange.http import our_visit, visit_of
from sinergia.exchange.models import Delegate, Travel
from sinergia.exchange.queries.delegation import (
    own_row,
    themes_to_wish,
    travel_of,
    travelling,
    travels_of,
    wished_by,
)
from sinergia.exchange.queries.telling import told_ever
from sinergia.exchange.views.reaching import Standing, tabs_of
from sinergia.exchange.words import explain
from sinergia.exchange.words.calendar import own_calendar_of
from sinergia.exchange.words.consents import questions_for
from sinergia.exchange.words.there import in_zone_of
from sinergia.organisations.forms.opened import is_saved
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.people.http import SignedInRequest, for_signed_in


@require_GET
@for_signed_in
def me(request: SignedInRequest, key: UUID) -> HttpResponse:
    """One's own row of the delegation: what is written of oneself, wishes, the way."""
    own = _own(request, key)
    known = Standing(own, prepares=access.may_prepare(request.user, own.visit))
    context = {
        "visit": own.visit,
        "own": own,
        "themes": wished_by(own),
        "travel": travel_of(own),
        "is_open": own.visit.stage not in actions.OVER,
        "tabs": tabs_of(request, own.visit, "me", known),
        "questions": questions_for(own),
        "action": reverse("press:own_consents", args=[key]),
    }
    return render(request, "exchange/me.html", context)


@require_GET
@for_signed_in
def calendar(request: SignedInRequest, key: UUID) -> HttpResponse:
    """One's own days as a file for a calendar: what was told, how one comes and leaves."""
    own, now = _own(request, key), timezone.now()
    address = request.build_absolute_uri(reverse("visits:programme", args=[key]))
    with in_zone_of(own.visit):
        content = own_calendar_of(own, travel_of(own), told_ever(own.visit), address, now=now)
    return file_response(content, "my-visit.ics")


@require_POST
@for_signed_in
def confirm(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Say that what is written of oneself is so."""
    actions.confirm_place(_own(request, key), actor=request.user, now=timezone.now())
    messages.success(request, _("Confirmed. Thank you!"))
    return redirect("exchange:me", key)


@require_http_methods(["GET", "POST"])
@for_signed_in
def wishes(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Say what one wants to see."""
    own, now = _own(request, key), timezone.now()
    chosen = [str(one.key) for one in wished_by(own)]
    initial = {"wishes": own.wishes, "themes": chosen}
    form = WishesForm(themes_to_wish(own.visit), request.POST or None, initial=initial)
    write = partial(actions.write_wishes, own, actor=request.user, now=now)
    if is_done(form, lambda: write(form.words(), form.chosen()), explain):
        messages.success(request, _("Saved. Whoever makes the programme sees it."))
        return redirect("exchange:me", key)
    return form_page(request, "exchange/wishes.html", form, visit=own.visit)


@require_http_methods(["GET", "POST"])
@for_signed_in
def way(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Say how one comes, sleeps and leaves, and what the hosts should provide."""
    own = _own(request, key)
    form = TravelForm(request.POST or None, initial=_initial(travel_of(own)))
    if is_saved(
        form, partial(actions.write_travel, own, actor=request.user, now=timezone.now()), explain
    ):
        messages.success(request, _("Saved."))
        return redirect("exchange:me", key)
    return form_page(request, "exchange/way.html", form, visit=own.visit, own=own)


@require_GET
@for_signed_in
def travel(request: SignedInRequest, key: UUID) -> HttpResponse:
    """How everybody travels and what they need: for the two who see to it."""
    visit = visit_of(request, key)
    coordinates = access.is_coordinator(request.user, visit)
    if not access.may_see_travel(request.user, visit):
        raise Http404
    context = {"visit": visit, "rows": travels_of(visit), "coordinates": coordinates}
    return render(request, "exchange/travel.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def travel_row(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """Write from a delegate's words how they travel: the coordinator."""
    visit = our_visit(request, key)
    if not access.is_coordinator(request.user, visit):
        raise Http404
    found: Delegate = get_object_or_404(travelling(visit), key=row)
    form = TravelForm(request.POST or None, initial=_initial(travel_of(found)))
    write = partial(actions.write_travel, found, actor=request.user, now=timezone.now())
    if is_saved(form, write, explain):
        messages.success(request, _("Saved."))
        return redirect("exchange:travel", key)
    return form_page(request, "exchange/way.html", form, visit=visit, own=found, is_other=True)


def _own(request: SignedInRequest, key: UUID) -> Delegate:
    found = own_row(visit_of(request, key), request.user)
    if found is None:
        raise Http404
    return found


def _initial(known: Travel | None) -> dict[str, object]:
    row = known or Travel()
    return {name: getattr(row, name) for name in actions.TRAVEL_FIELDS}
