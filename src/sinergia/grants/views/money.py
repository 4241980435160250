"""Money of one grant: figures with the rows under them; a payment, a return, a mistake mended."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinergia.base.tables.paging import Order, page_of
from sinergia.base.ui.acting import is_done
from sinergia.grants import access
from sinergia.grants.actions import money as actions
from sinergia.grants.forms.money import TransferForm
from sinergia.grants.forms.signing import WhyForm
from sinergia.grants.http import entered_grant, seen_grant
from sinergia.grants.models import Grant, Spending, Transfer
from sinergia.grants.queries import grants as queries
from sinergia.grants.queries import money as figures
from sinergia.grants.views.grant import form_page
from sinergia.grants.words import explain
from sinergia.grants.words.grant import KINDS, tranches_said
from sinergia.grants.words.money import lines_said, tiles_said
from sinergia.grants.words.tabs import crumbs_of, tabs_of
from sinergia.organisations.http import acting_centre
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.people.queries.naming import names_of

REFUSED = Q(verdict=Spending.Verdict.REFUSED)


@require_GET
@for_signed_in
def money(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Agreed, paid, spent, returned; under each number its rows.

    Of a report that is being written its people alone read the payments, as they do the report.
    """
    found = seen_grant(request, key)
    keeps = access.may_keep(request.user, found)
    rows = figures.spendings_of(found) if keeps else figures.handed_in_of(found)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    context = _figures(found) | {
        "spent": page_of(rows.exclude(REFUSED), order=Order("on"), after=after, before=before),
        "not_accepted": list(rows.filter(REFUSED)),
        "being_written": 0 if keeps else figures.being_written_of(found),
        "enters": access.may_enter(request.user, found) and found.stage in actions.BACK_STAGES,
        "tabs": tabs_of(found, "money"),
        "crumbs": crumbs_of(found, acting_centre(request)),
    }
    return render(request, "grants/money.html", context)


@require_http_methods(["GET", "POST"])
@for_signed_in
def transfer(request: SignedInRequest, key: UUID, kind: str) -> HttpResponse:
    """Enter a payment or a return by its order."""
    found = entered_grant(request, key)
    if kind not in Transfer.Kind.values:
        raise Http404
    initial = {"on": queries.today_of(found)}
    rows = figures.tranches_of(found)
    form = TransferForm(kind, rows, found.currency, request.POST or None, initial=initial)
    act = partial(actions.enter_transfer, found, actor=request.user, now=timezone.now())
    if is_done(form, lambda: act(form.sent()), explain):
        messages.success(request, _("Entered."))
        return redirect("grants:money", key)
    is_paid = kind == Transfer.Kind.PAID
    title = _("A payment to the organisation") if is_paid else _("A return by the organisation")
    return form_page(request, found, form, (title, _("Enter")))


@require_http_methods(["GET", "POST"])
@for_signed_in
def remove(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Take out what was entered by mistake."""
    found, form = entered_grant(request, key), WhyForm(request.POST or None)
    wrong = figures.transfer_keyed(found, row)
    if wrong is None:
        raise Http404
    act = partial(actions.remove_transfer, wrong, actor=request.user, now=timezone.now())
    if is_done(form, lambda: act(form.cleaned_data["why"]), explain):
        messages.success(request, _("Taken out: it counts no more."))
        return redirect("grants:money", key)
    title = _("Payment order %(number)s was entered by mistake") % {"number": wrong.number}
    return form_page(request, found, form, (title, _("Take it out")))


def _figures(found: Grant) -> dict[str, object]:
    """Every number of a grant with its rows."""
    plan = queries.thawed_plan(queries.latest_plan(found), found)
    balance = figures.money_of(found, plan)
    tranches, rules = figures.tranches_of(found), queries.grants_rules(found)
    moved, removed = list(figures.transfers_of(found)), list(figures.removed_transfers(found))
    return {
        "grant": found,
        "kind": KINDS[Grant.Stage(found.stage)],
        "balance": balance,
        "tiles": tiles_said(balance, found.currency),
        "lines": lines_said(balance, plan),
        "tranches": tranches_said(tranches, rules, queries.today_of(found)),
        "paid": [one for one in moved if one.kind == Transfer.Kind.PAID],
        "returned": [one for one in moved if one.kind == Transfer.Kind.RETURNED],
        "removed": removed,
        "names": names_of(one.by for one in [*moved, *removed]),
    }
