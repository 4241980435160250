"""Who prepares a visit."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergia.base.ui.acting import form_page
from sinergia.exchange.actions import organisers as actions
from sinergia.exchange.forms.visits import OrganiserForm
from sinergia.exchange.http import our_visit
from sinergia.exchange.models import Organiser
from sinergia.exchange.queries.bodies import meant_by
from sinergia.exchange.queries.visits import organisers_of
from sinergia.exchange.words import explain
from sinergia.organisations.forms.opened import is_saved
from sinergia.organisations.http import StaffRequest, for_staff


@require_http_methods(["GET", "POST"])
@for_staff
def new(request: StaffRequest, key: UUID) -> HttpResponse:
    """Write down somebody who prepares the visit."""
    visit = our_visit(request, key)
    form = OrganiserForm(partial(meant_by, centre=request.centre), request.POST or None)
    write = partial(actions.write_organiser, visit, actor=request.user, now=timezone.now())
    if is_saved(form, write, explain):
        messages.success(request, _("Written down."))
        return redirect("exchange:visit", key)
    return form_page(request, "exchange/organiser_form.html", form, visit=visit)


@require_http_methods(["GET", "POST"])
@for_staff
def change(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """Write somebody anew."""
    visit = our_visit(request, key)
    found = get_object_or_404(organisers_of(visit), key=row)
    find = partial(meant_by, centre=request.centre)
    form = OrganiserForm(find, request.POST or None, initial=_initial(found))
    write = partial(actions.write_organiser, visit, organiser=found, actor=request.user)
    if is_saved(form, partial(write, now=timezone.now()), explain):
        messages.success(request, _("Saved."))
        return redirect("exchange:visit", key)
    return form_page(request, "exchange/organiser_form.html", form, visit=visit, row=found)


@require_http_methods(["GET", "POST"])
@for_staff
def remove(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """Ask once more, then take somebody off."""
    visit = our_visit(request, key)
    found = get_object_or_404(organisers_of(visit), key=row)
    if request.method == "GET":
        return render(request, "exchange/remove_organiser.html", {"visit": visit, "row": found})
    actions.remove_organiser(found, actor=request.user, now=timezone.now())
    messages.success(request, _("Taken off."))
    return redirect("exchange:visit", key)


def _initial(found: Organiser) -> dict[str, object]:
    names = ("side", "name", "post", "does", "phone", "email", "is_shown")
    told: dict[str, object] = {name: getattr(found, name) for name in names}
    return told | {"body": found.organisation.name if found.organisation else found.body}
