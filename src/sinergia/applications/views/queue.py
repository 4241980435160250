"""Pages on which a person settles what no file could say."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.applications.actions import doubts as actions
from sinergia.applications.forms.loads import FIELD_NAMES
from sinergia.applications.forms.settling import OwnerForm, RegionForm
from sinergia.applications.models import Doubt
from sinergia.applications.queries import doubts as queries
from sinergia.applications.words import explain
from sinergia.base.tables.paging import Order, count_up_to, page_of
from sinergia.engine.refusal import Refused
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries.identifiers import organisation_by_number
from sinergia.people.http import SignedInRequest, for_administrators
from sinergia.places.queries import region_by, regions


@require_GET
@for_administrators
def queue(request: SignedInRequest) -> HttpResponse:
    """Rows that await a person, and below what was settled lately."""
    waiting = queries.open_doubts()
    page = page_of(
        waiting,
        order=Order("raised_at"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "page": page,
        "total": count_up_to(waiting),
        "doubts": [(doubt, explain(doubt.code)) for doubt in page.rows],
        "settled": queries.settled_doubts()[:10],
    }
    return render(request, "applications/queue.html", context)


@require_http_methods(["GET", "POST"])
@for_administrators
def doubt(request: SignedInRequest, key: UUID) -> HttpResponse:
    """One row as filed, and the question it raises."""
    found = get_object_or_404(queries.doubts(), key=key)
    form = _form(request, found)
    if form.is_valid() and _settle(request, found, form):
        messages.success(request, _("Settled. It can be taken back on the page of the queue."))
        following = queries.open_doubts().order_by("raised_at", "pk").first()
        return redirect("applications:doubt", following.key) if following else _back()
    cells = queries.cells_of(found.application).items()
    context = {
        "doubt": found,
        "question": explain(found.code),
        "form": form,
        "cells": [(FIELD_NAMES.get(code, code.lstrip("+")), text) for code, text in cells],
    }
    status = 422 if form.is_bound else 200
    return render(request, "applications/doubt.html", context, status=status)


@require_POST
@for_administrators
def reopen(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Take back what was settled."""
    found = get_object_or_404(queries.doubts(), key=key)
    actions.reopen_doubt(found.key, actor=request.user, now=timezone.now())
    messages.success(request, _("Taken back: the row awaits a person again."))
    return _back()


def _back() -> HttpResponse:
    return redirect("applications:queue")


def _form(request: SignedInRequest, found: Doubt) -> OwnerForm | RegionForm:
    given = request.POST or None
    if found.code in actions.REGION_CODES:
        return RegionForm(list(regions()), given)
    return OwnerForm(queries.proposed_owners(found.application), given)


def _settle(request: SignedInRequest, found: Doubt, form: OwnerForm | RegionForm) -> bool:
    """Do as the form says; False where a rule says no, which the form then tells."""
    now, said = timezone.now(), form.cleaned_data
    region = region_by(str(said.get("region", "")))
    try:
        if region is not None:
            actions.settle_region(found.key, region, actor=request.user, now=now)
        else:
            actions.settle_owner(found.key, _whose(said), actor=request.user, now=now)
    except Refused as refusal:
        for gap in refusal.gaps:
            form.add_error(gap.path, explain(gap.code))
        return False
    return True


def _whose(said: dict[str, object]) -> Organisation | actions.Numbers:
    """A typed number goes before a proposal: it says more."""
    ogrn, inn = said["number"] if isinstance(said["number"], tuple) else ("", "")
    if ogrn or inn:
        return organisation_by_number(ogrn, inn) or actions.Numbers(ogrn, inn)
    return queries.organisation_by(str(said["proposed"]))
