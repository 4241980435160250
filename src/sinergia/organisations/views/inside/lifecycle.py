"""Pages of what became of an organisation, and of finding its double."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.organisations.actions import lifecycle as actions
from sinergia.organisations.forms.lifecycle import StatusForm, SuccessionForm
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries import with_words
from sinergia.organisations.queries.inside import successions_of
from sinergia.organisations.queries.roles import served
from sinergia.organisations.views.saving import is_saved

MOST_FOUND = 20


@require_http_methods(["GET", "POST"])
@for_staff
def status(request: StaffRequest, key: UUID) -> HttpResponse:
    """What the state's register says of it, and what follows from closing."""
    organisation = _served(request, key)
    initial = {"status": organisation.status, "closed_on": organisation.closed_on}
    form = StatusForm(request.POST or None, initial=initial)
    save = partial(actions.write_status, organisation, actor=request.user, now=timezone.now())
    if form.is_valid() and is_saved(form, save):
        messages.success(request, _("Saved."))
        return redirect("register:inside", key)
    code = 422 if form.is_bound else 200
    context = {"organisation": organisation, "form": form}
    return render(request, "register/inside/status.html", context, status=code)


@require_http_methods(["GET", "POST"])
@for_staff
def succession(request: StaffRequest, key: UUID) -> HttpResponse:
    """Which organisation it became: found by words or a number, then chosen."""
    organisation = _served(request, key)
    found = _found(request, organisation)
    form = SuccessionForm(found, request.POST or None)
    save = partial(actions.write_succession, organisation, actor=request.user, now=timezone.now())
    if form.is_valid() and is_saved(form, save):
        messages.success(request, _("Noted: each keeps its own history, and leads to the other."))
        return redirect("register:inside", key)
    context = {"organisation": organisation, "form": form, "found": found}
    context |= {"q": request.GET.get("q", ""), "known": successions_of(organisation)}
    code = 422 if form.is_bound else 200
    return render(request, "register/inside/succession.html", context, status=code)


@require_POST
@for_staff
def remove_succession(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """Take back that one became the other."""
    organisation = _served(request, key)
    known = get_object_or_404(successions_of(organisation), key=row)
    actions.remove_succession(known, actor=request.user, now=timezone.now())
    messages.success(request, _("Removed."))
    return redirect("register:succession", key)


@require_GET
@for_staff
def double(request: StaffRequest, key: UUID) -> HttpResponse:
    """Look for another row of the same organisation."""
    organisation = _served(request, key)
    context = {"organisation": organisation, "found": _found(request, organisation)}
    context["q"] = request.GET.get("q", "")
    return render(request, "register/inside/double.html", context)


def _served(request: StaffRequest, key: UUID) -> Organisation:
    found: Organisation = get_object_or_404(served(request.centre), key=key)
    return found


def _found(request: StaffRequest, organisation: Organisation) -> list[Organisation]:
    """Others of the centre's regions that hold every word asked; none before one is."""
    asked = request.GET.get("q", "")[:200]
    if not asked.strip():
        return []
    others = with_words(served(request.centre).exclude(pk=organisation.pk), asked)
    places = others.select_related("region", "municipality")
    return list(places.order_by("name_folded", "pk")[:MOST_FOUND])
