"""Accounts as the installation's administrators see them: to help, not to look around."""

from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.tables.paging import Order, page_of
from sinergia.engine.refusal import Refused
from sinergia.people import queries
from sinergia.people.actions import consents, factors
from sinergia.people.forms.consents import PaperForm
from sinergia.people.forms.people import GroundForm
from sinergia.people.http import SignedInRequest, for_administrators, need_fresh_proof
from sinergia.people.models import Consent, ConsentText, Person
from sinergia.people.words import Written, explain, letter

Purpose = ConsentText.Purpose


@require_GET
@for_administrators
def people(request: SignedInRequest) -> HttpResponse:
    """Everybody who has an account, newest first, found by an address or a name."""
    typed = request.GET.get("q", "")
    page = page_of(
        queries.accounts(typed),
        order=Order("made_at", is_descending=True),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    query = urlencode({"q": typed}) if typed else ""
    context = {"page": page, "typed": typed, "query": query}
    return render(request, "people/people/list.html", context)


@require_GET
@for_administrators
def person(request: SignedInRequest, key: UUID) -> HttpResponse:
    """One account: how its owner signs in, what they agreed to, and what can be done for them."""
    found = _person(key)
    given = [one for one in queries.consents_of(found) if not one.withdrawn_at]
    context = {
        "person": found,
        "factors": queries.factors_of(found),
        "consents": given,
        "purposes": [p for p in Purpose if p != Purpose.ACCOUNT],
    }
    return render(request, "people/people/detail.html", context)


@require_http_methods(["GET", "POST"])
@for_administrators
def paper(request: SignedInRequest, key: UUID, purpose: str) -> HttpResponse:
    """Enter a consent that somebody signed on paper."""
    found = _person(key)
    if purpose not in Purpose.values:
        raise Http404
    form = PaperForm(purpose, request.POST or None)
    if form.is_valid() and _is_entered(request, found, purpose, form):
        messages.success(request, _("The consent on paper is entered."))
        return redirect("people:person", key)
    context = {"person": found, "form": form, "purpose": Purpose(purpose)}
    return render(
        request, "people/people/paper.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "POST"])
@for_administrators
def lost(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Take second factors away from somebody who lost them all, on a ground that is kept."""
    found, form = _person(key), GroundForm(request.POST or None)
    need_fresh_proof(request)
    if form.is_valid():
        ground, told = form.cleaned_data["ground"], _told_of("factors_removed", found)
        me, now = request.user, timezone.now()
        factors.remove_factors(found, ground=ground, letter=told, actor=me, now=now)
        messages.success(request, _("Second factors are removed; every session is ended."))
        return redirect("people:person", key)
    status = 422 if form.is_bound else 200
    return render(
        request, "people/people/lost.html", {"person": found, "form": form}, status=status
    )


@require_http_methods(["GET", "POST"])
@for_administrators
def give_link(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Give somebody who cannot get in a link to set a password by, once; it is shown here alone."""
    found, form = _person(key), GroundForm(request.POST or None)
    need_fresh_proof(request)
    link = ""
    if form.is_valid():
        ground, told = form.cleaned_data["ground"], _told_of("link_given", found)
        me, now = request.user, timezone.now()
        token = factors.give_link(found, ground=ground, letter=told, actor=me, now=now)
        link = request.build_absolute_uri(reverse("people:first", args=[found.key, token]))
    status = 422 if form.is_bound and not link else 200
    context = {"person": found, "form": form, "link": link}
    return render(request, "people/people/link.html", context, status=status)


@require_POST
@for_administrators
def take_back(request: SignedInRequest, key: UUID, purpose: str) -> HttpResponse:
    """Withdraw a consent for somebody who asked on paper."""
    found = _person(key)
    if purpose not in Purpose.values or purpose == Purpose.ACCOUNT:
        raise Http404
    consents.withdraw_consent(found, purpose, actor=request.user, now=timezone.now())
    messages.success(request, _("The consent is withdrawn."))
    return redirect("people:person", key)


def _told_of(name: str, person: Person) -> Written:
    """The letter that tells the owner of an account what was done with it."""
    site = settings.SITE_URL
    addresses = {
        "reset_url": site + reverse("account_reset_password"),
        "sessions_url": site + reverse("usersessions_list"),
    }
    return letter(name, person.language, addresses)


def _person(key: UUID) -> Person:
    found = queries.account_by(key)
    if found is None:
        raise Http404
    return found


def _is_entered(request: SignedInRequest, person: Person, purpose: str, form: PaperForm) -> bool:
    """Enter it; False where a rule says no, which the form then tells."""
    shows, how = form.cleaned_data.get("shows", []), Consent.How.PAPER
    who, now = request.user, timezone.now()
    try:
        consents.give_consent(person, purpose, shows=shows, how=how, actor=who, now=now)
    except Refused as refusal:
        form.add_error("shows", explain(refusal.gaps[0]))
        return False
    return True
