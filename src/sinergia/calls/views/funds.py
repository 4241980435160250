"""Funds: what they are called."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinergia.base.tables.paging import Order, page_of
from sinergia.base.ui.acting import is_done
from sinergia.calls.actions import describe_fund
from sinergia.calls.forms import FundForm
from sinergia.calls.models import Fund
from sinergia.calls.queries import fund_keyed
from sinergia.calls.queries import funds as all_funds
from sinergia.calls.words import explain
from sinergia.people.http import SignedInRequest, for_administrators


@require_GET
@for_administrators
def funds(request: SignedInRequest) -> HttpResponse:
    """Every fund that a file has named."""
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(all_funds(), order=Order("code"), after=after, before=before)
    return render(request, "calls/funds.html", {"page": page})


@require_http_methods(["GET", "POST"])
@for_administrators
def fund(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Name a fund and say whose it is."""
    found = fund_keyed(key)
    if found is None:
        raise Http404
    form = FundForm(request.POST or None, initial=_said(found))
    now, who = timezone.now(), request.user
    if is_done(
        form, lambda: describe_fund(found, **form.cleaned_data, actor=who, now=now), explain
    ):
        messages.success(request, _("The fund is saved."))
        return redirect("calls:funds")
    trail = [(_("Funds"), reverse("calls:funds")), (found.name, "")]
    context = {"fund": found, "form": form, "trail": trail}
    return render(request, "calls/fund.html", context, status=422 if form.is_bound else 200)


def _said(fund: Fund) -> dict[str, str]:
    """What is known of a fund, as its form shows it."""
    said = {name: getattr(fund, name) for name in ("name_ru", "name_en", "currency")}
    return {**said, "region": fund.region.code if fund.region else ""}
