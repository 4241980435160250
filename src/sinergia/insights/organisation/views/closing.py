"""What the state's register says of an organisation, and what is open when it says "closed"."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinergia.base.tables.paging import Order, count_up_to, page_of
from sinergia.base.ui.acting import form_page, is_done
from sinergia.engine.refusal import Gap
from sinergia.insights.organisation.forms import StatusForm
from sinergia.insights.organisation.queries import closing as queries
from sinergia.insights.organisation.words.closing import counts_said, open_said
from sinergia.organisations.actions.lifecycle import write_status
from sinergia.organisations.http import (
    KeeperRequest,
    StaffRequest,
    capacities,
    for_keepers,
    for_staff,
    found_by,
    kept_organisation,
)
from sinergia.organisations.models import Organisation
from sinergia.organisations.queries.roles import within
from sinergia.organisations.words import explain
from sinergia.people.http import SignedInRequest, for_signed_in


@require_http_methods(["GET", "POST"])
@for_keepers
def status(request: KeeperRequest, key: UUID) -> HttpResponse:
    """What the state's register says of it, and what follows from closing."""
    organisation, now = kept_organisation(request, key), timezone.now()
    known = {"status": organisation.status, "closed_on": organisation.closed_on}
    form = StatusForm(request.POST or None, initial=known)
    write = partial(write_status, organisation, actor=request.user, now=now)
    if is_done(form, lambda: write(form.given()), _said):
        messages.success(request, _("Saved."))
        return redirect("register:inside", key)
    return form_page(request, "organisations/status.html", form, **_open(request, organisation))


@require_GET
@for_signed_in
def still_open(request: SignedInRequest, key: UUID) -> HttpResponse:
    """What is open at an organisation, for its people and its centre."""
    organisation = found_by(within(request.user), key)
    return render(request, "organisations/open.html", _open(request, organisation))


@require_GET
@for_staff
def closed(request: StaffRequest) -> HttpResponse:
    """Organisations of the centre that are closed, or being closed, with something open."""
    now = timezone.now()
    found = queries.closed_with_open(request.centre, now=now)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(found, order=Order("name_folded"), after=after, before=before)
    counts = queries.counts_of(page.rows, request.centre, now=now)
    rows = [(one, counts_said(counts.get(one.pk, {}))) for one in page.rows]
    context = {"page": page, "rows": rows, "total": count_up_to(found)}
    return render(request, "organisations/closed.html", context)


def _open(request: SignedInRequest, organisation: Organisation) -> dict[str, object]:
    """What is open there, for a page."""
    centres = {one.place_id for one in capacities(request) if one.is_staff}
    now = timezone.now()
    found = queries.open_at(organisation, request.user, centres=centres, now=now)
    return {"organisation": organisation, "groups": open_said(found)}


def _said(gap: Gap) -> str:
    return explain(gap.code, **gap.values)
