"""How far a region trusts its non-profits: every measurement, entered by the centre."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sinergia.base.ui.acting import is_done
from sinergia.insights.official.access import may_keep_trust
from sinergia.insights.official.actions import keep_trust, remove_trust
from sinergia.insights.official.forms import TrustForm, day_of, trust_initial
from sinergia.insights.official.queries.trust import measured_on, series_of
from sinergia.insights.official.words import explain
from sinergia.insights.official.words.sentences import decimal, share
from sinergia.insights.region.queries.comparison import region_by_code
from sinergia.people.http import SignedInRequest, for_everyone, for_signed_in, reader_of
from sinergia.places.models import Region


@require_safe
@for_everyone
def history(request: HttpRequest, code: str) -> HttpResponse:
    """Every measurement with its source, day and way."""
    region, reader = _region(code), reader_of(request)
    rows = [
        (one, share(one.value), f"±\u00a0{decimal(one.margin)}" if one.margin is not None else "—")
        for one in series_of(region)
    ]
    context = {
        "region": region,
        "rows": rows,
        "may_keep": reader is not None and may_keep_trust(reader, region),
        "crumbs": _crumbs(region),
    }
    return render(request, "official/trust.html", context)


@require_http_methods(["GET", "POST"])
@for_signed_in
def enter(request: SignedInRequest, code: str) -> HttpResponse:
    """Enter a measurement, or mend that of a day."""
    region = _kept(request, code)
    known = day_of(request.GET.get("on", ""))
    before = measured_on(region, known) if known else None
    initial = trust_initial(before) if before else {}
    form = TrustForm(request.POST or None, initial=initial)
    keep = partial(keep_trust, region, actor=request.user, now=timezone.now(), instead_of=known)
    if is_done(form, lambda: keep(form.measured()), explain):
        messages.success(request, _("Saved."))
        return redirect("official:trust", code)
    context = {"region": region, "form": form, "crumbs": [*_crumbs(region), _trust_crumb(region)]}
    return render(request, "official/enter.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@for_signed_in
def remove(request: SignedInRequest, code: str, on: str) -> HttpResponse:
    """Take a measurement away, after asking once."""
    region, known = _kept(request, code), day_of(on)
    row = measured_on(region, known) if known else None
    if row is None:
        raise Http404
    if request.method == "POST":
        remove_trust(region, row.on, actor=request.user, now=timezone.now())
        messages.success(request, _("The measurement is removed."))
        return redirect("official:trust", code)
    crumbs = [*_crumbs(region), _trust_crumb(region)]
    context = {"region": region, "row": row, "value": share(row.value), "crumbs": crumbs}
    return render(request, "official/remove.html", context)


def _region(code: str) -> Region:
    found = region_by_code(code)
    if found is None:
        raise Http404
    return found


def _kept(request: SignedInRequest, code: str) -> Region:
    region = _region(code)
    if not may_keep_trust(request.user, region):
        raise Http404
    return region


def _crumbs(region: Region) -> list[tuple[str, str]]:
    return [
        (_("Home"), reverse("web:home")),
        (region.name, reverse("regions:detail", args=[region.code])),
    ]


def _trust_crumb(region: Region) -> tuple[str, str]:
    return _("Trust in non-profits"), reverse("official:trust", args=[region.code])
