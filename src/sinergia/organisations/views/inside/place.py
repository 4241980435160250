"""Saying in which region an organisation is of which nobody has said it."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sinergia.organisations.access import may_look_inside
from sinergia.organisations.actions.details import move_organisation, place_organisation
from sinergia.organisations.forms.lifecycle import MovingForm, TownForm
from sinergia.organisations.http import KeeperRequest, for_keepers, found_by, kept_organisation
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries.roles import regions_kept, without_region
from sinergia.organisations.views.saving import is_saved
from sinergia.places.models import Region
from sinergia.places.queries import municipalities_of


@require_http_methods(["GET", "POST"])
@for_keepers
def place(request: KeeperRequest, key: UUID) -> HttpResponse:
    """Choose the region, then a municipality of it; who serves one region chooses that alone."""
    organisation = found_by(without_region(request.centre), key)
    regions = list(regions_kept(request.centre))
    region = _chosen(request, regions)
    context = {"organisation": organisation, "regions": regions, "region": region}
    if region is None:
        return render(request, "register/inside/place.html", context)
    form = TownForm(municipalities_of(region), request.POST if request.method == "POST" else None)
    if form.is_valid() and _is_placed(request, organisation, region, form):
        messages.success(request, _("Saved."))
        return _after(request, organisation)
    context |= {"form": form, "is_chosen": len(regions) > 1}
    status = 422 if form.is_bound else 200
    return render(request, "register/inside/place.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_keepers
def move(request: KeeperRequest, key: UUID) -> HttpResponse:
    """Say that an organisation is in another region, where its centre keeps it from now on."""
    organisation = kept_organisation(request, key)
    others = regions_kept(None).exclude(pk=organisation.region_id or 0)
    form = MovingForm(others, request.POST if request.method == "POST" else None)
    if form.is_valid():
        move_organisation(organisation, form.chosen(), actor=request.user, now=timezone.now())
        messages.success(request, _("Saved."))
        return _after(request, organisation)
    context = {"organisation": organisation, "form": form, "title": _("It is in another region")}
    status = 422 if form.is_bound else 200
    return render(request, "register/inside/form.html", context, status=status)


def _chosen(request: KeeperRequest, regions: list[Region]) -> Region | None:
    if len(regions) == 1:
        return regions[0]
    named = (request.POST or request.GET).get("region", "")
    return next((one for one in regions if one.code == named), None)


def _is_placed(
    request: KeeperRequest, organisation: Organisation, region: Region, form: TownForm
) -> bool:
    say = partial(place_organisation, organisation, region, actor=request.user, now=timezone.now())
    return is_saved(form, lambda _given: say(form.town()))


def _after(request: KeeperRequest, organisation: Organisation) -> HttpResponse:
    """To its inner page, where the reader still keeps it; else to what everybody sees."""
    organisation.refresh_from_db()
    if may_look_inside(request.user, organisation):
        return redirect("register:inside", organisation.key)
    if organisation.is_public:
        return redirect("organisations:detail", organisation.key)
    return redirect("web:desk")
