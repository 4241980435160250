"""Numbers of registers: one is written, or taken away with a reason."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergia.organisations.actions import numbers as actions
from sinergia.organisations.forms.inside import NumberForm
from sinergia.organisations.forms.lifecycle import RemovalForm
from sinergia.organisations.http import KeeperRequest, for_keepers, kept_organisation
from sinergia.organisations.views.saving import is_saved


@require_http_methods(["GET", "POST"])
@for_keepers
def number(request: KeeperRequest, key: UUID) -> HttpResponse:
    """Give an organisation a number of a register."""
    organisation, form = kept_organisation(request, key), NumberForm(request.POST or None)
    now = timezone.now()
    save = partial(actions.write_number, organisation, actor=request.user, now=now)
    if form.is_valid():
        typed = form.given()
        if is_saved(form, save):
            messages.success(request, _("Saved."))
            return redirect("register:inside", key)
        actions.note_taken(organisation, typed, now=now)
    context = {"organisation": organisation, "form": form, "title": _("A number")}
    status = 422 if form.is_bound else 200
    return render(request, "register/inside/form.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_keepers
def remove(request: KeeperRequest, key: UUID, scheme: str) -> HttpResponse:
    """Ask why, then take a number away."""
    organisation = kept_organisation(request, key)
    found = get_object_or_404(organisation.identifiers, scheme=scheme)
    form = RemovalForm(request.POST if request.method == "POST" else None)
    take_away = partial(
        actions.remove_number, organisation, scheme, actor=request.user, now=timezone.now()
    )
    if form.is_valid() and is_saved(form, lambda given: take_away(reason=str(given["reason"]))):
        messages.success(request, _("Removed."))
        return redirect("register:inside", key)
    context = {"organisation": organisation, "number": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "register/inside/remove_number.html", context, status=status)
