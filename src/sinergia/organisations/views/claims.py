"""Pages on which somebody asks to act for an organisation, and somebody else answers."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.tables.paging import Order, count_up_to, page_of
from sinergia.engine.refusal import Refused
from sinergia.organisations import access
from sinergia.organisations.actions import claims as actions
from sinergia.organisations.forms.claims import ClaimForm, NewcomerForm, RefusalForm
from sinergia.organisations.http import chosen_capacity, for_deciding, found_by
from sinergia.organisations.models import Claim
from sinergia.organisations.queries import claims as queries
from sinergia.organisations.queries.card import shown_organisations, shown_successors
from sinergia.organisations.queries.roles import centre_of, organisations_of
from sinergia.organisations.views.saving import is_saved
from sinergia.organisations.words import explain
from sinergia.organisations.words.claims import asked_said, claim_said, letter_said
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.places.queries import regions


@require_GET
@for_signed_in
def mine(request: SignedInRequest) -> HttpResponse:
    """One's own organisations and requests, and finding an organisation in the register."""
    typed, now = request.GET.get("q", "")[:200], timezone.now()
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    order = Order("raised_at", is_descending=True)
    page = page_of(queries.claims_by(request.user), order=order, after=after, before=before)
    context = {
        "organisations": list(organisations_of(request.user)),
        "page": page,
        "claims": [asked_said(one, now=now) for one in page.rows],
        "q": typed,
        "found": queries.public_finds(typed),
    }
    return render(request, "register/claims/mine.html", context)


@require_http_methods(["GET", "POST"])
@for_signed_in
def ask(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Ask to act for an organisation that everybody sees."""
    organisation = found_by(shown_organisations(), key)
    form = ClaimForm(request.POST or None)
    save = partial(actions.raise_claim, organisation, actor=request.user, now=timezone.now())
    if form.is_valid() and is_saved(form, save):
        return _asked(request)
    waiting = queries.open_claim(request.user, organisation)
    context = {"organisation": organisation, "form": form, "waiting": waiting}
    context["successors"] = shown_successors(organisation)
    status = 422 if form.is_bound else 200
    return render(request, "register/claims/ask.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_signed_in
def newcomer(request: SignedInRequest) -> HttpResponse:
    """Ask to act for an organisation that the register does not have."""
    form = NewcomerForm(regions(), request.POST or None)
    if form.is_valid():
        now, entered = timezone.now(), form.newcomer()
        save = partial(actions.claim_newcomer, entered, actor=request.user, now=now)
        if is_saved(form, save):
            return _asked(request)
    status = 422 if form.is_bound else 200
    return render(request, "register/claims/newcomer.html", {"form": form}, status=status)


@require_POST
@for_signed_in
def withdraw(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Take one's own request back."""
    claim = get_object_or_404(queries.claims_by(request.user), key=key)
    try:
        actions.withdraw_claim(claim.key, actor=request.user, now=timezone.now())
    except Refused as refusal:
        for gap in refusal.gaps:
            messages.error(request, explain(gap.code))
    else:
        messages.success(request, _("The request is taken back."))
    return redirect("register:mine")


@require_GET
@for_deciding
def claims(request: SignedInRequest) -> HttpResponse:
    """Requests that wait, the oldest first; answered ones, the newest first."""
    asked, now = queries.ClaimFilter.from_query(request.GET.dict()), timezone.now()
    found = queries.asked_for(_to_answer(request), asked)
    page = page_of(
        found,
        order=Order("settled_at", is_descending=True) if asked.is_settled else Order("raised_at"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    rows = [claim_said(one, now=now) for one in page.rows]
    context = {"page": page, "rows": rows, "asked": asked, "total": count_up_to(found)}
    return render(request, "register/claims/list.html", context)


@require_GET
@for_signed_in
def claim(request: SignedInRequest, key: UUID) -> HttpResponse:
    """One request: who asks, what is known, and the answer."""
    return _claim_page(request, _seen(request, key), RefusalForm())


@require_POST
@for_signed_in
def confirm(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Give the role that was asked for."""
    found = _seen(request, key)
    try:
        actions.confirm_claim(found.key, actor=request.user, now=timezone.now())
    except Refused as refusal:
        for gap in refusal.gaps:
            messages.error(request, explain(gap.code))
    else:
        messages.success(request, _("Confirmed: they act for the organisation now."))
    return redirect("register:claim", key)


@require_POST
@for_signed_in
def refuse(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Say no, and why."""
    found, form = _seen(request, key), RefusalForm(request.POST)
    say_no = partial(actions.refuse_claim, found.key, actor=request.user, now=timezone.now())
    if form.is_valid() and is_saved(form, lambda given: say_no(str(given["reason"]))):
        messages.success(request, _("Refused: whoever asked reads why."))
        return redirect("register:claim", key)
    found = _seen(request, key)  # as it stands by now
    if found.settled_at:
        messages.error(request, explain("claim_settled"))
    return _claim_page(request, found, form, status=422)


def _asked(request: SignedInRequest) -> HttpResponse:
    messages.success(
        request,
        _("The request is sent. Whoever answers it is told; you will be told what they say."),
    )
    return redirect("register:mine")


def _to_answer(request: SignedInRequest) -> QuerySet[Claim]:
    """Of the centre in whose name the person acts; else those that no centre can answer."""
    capacity = chosen_capacity(request)
    if capacity is not None and capacity.is_staff:
        return queries.claims_of_centre(centre_of(capacity)).exclude(person=request.user)
    return queries.claims_seen_by(request.user)


def _seen(request: SignedInRequest, key: UUID) -> Claim:
    found: Claim = get_object_or_404(queries.claims_seen_by(request.user), key=key)
    return found


def _claim_page(
    request: SignedInRequest, claim: Claim, form: RefusalForm, *, status: int = 200
) -> HttpResponse:
    now, serves = timezone.now(), access.may_serve(request.user, claim.organisation)
    context = {
        "row": claim_said(claim, now=now),
        "known": queries.known_of(claim.organisation),
        "may_settle": access.may_settle_claim(request.user, claim, now=now),
        "serves": serves,
        "is_inside": serves or access.acts_for(request.user, claim.organisation),
        "form": form,
        "letter": letter_said(claim),
    }
    return render(request, "register/claims/claim.html", context, status=status)
