"""Consents: what one agreed to, each text to read and print, and new versions of texts."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from sinergia.engine.refusal import Refused
from sinergia.people.actions import consents as actions
from sinergia.people.forms.consents import NewTextForm, ShownForm
from sinergia.people.http import (
    SignedInRequest,
    for_administrators,
    for_everyone,
    for_signed_in,
)
from sinergia.people.models import Consent, ConsentText
from sinergia.people.queries import consents as queries
from sinergia.people.words import explain

Purpose = ConsentText.Purpose


@require_GET
@for_signed_in
def consents(request: SignedInRequest) -> HttpResponse:
    """What one agreed to, and what one may agree to."""
    every = list(queries.consents_of(request.user))
    given = {consent.purpose: consent for consent in every if not consent.withdrawn_at}
    today = timezone.localdate()
    rows = [
        (purpose, given.get(purpose.value), queries.text_in_force(purpose, on=today))
        for purpose in Purpose
    ]
    past = [consent for consent in every if consent.withdrawn_at]
    return render(request, "people/consents/list.html", {"rows": rows, "past": past})


@require_http_methods(["GET", "POST"])
@for_signed_in
def consent(request: SignedInRequest, purpose: str) -> HttpResponse:
    """Read a text, then agree, choose otherwise or take it back, knowing what follows."""
    text = _text(purpose)
    given = queries.consent_in_force(request.user, purpose)
    form = ShownForm(purpose, request.POST or None, initial={"shows": given.items if given else []})
    if "withdraw" in request.POST:
        return _withdraw(request, purpose)
    if form.is_valid() and _is_given(request, purpose, form):
        messages.success(request, _("The consent is given. You may take it back at any time."))
        return redirect("people:consents")
    context = {"text": text, "given": given, "form": form, "purpose": Purpose(purpose)}
    status = 422 if form.is_bound else 200
    return render(request, "people/consents/detail.html", context, status=status)


@require_safe
@for_everyone
def text(request: HttpRequest, purpose: str, version: str = "") -> HttpResponse:
    """One text, as a form to print and sign; without a version, the one in force."""
    number = int(version) if version.isdecimal() else 0
    found = queries.text_by(purpose, number) if version else _text(purpose)
    if found is None:
        raise Http404
    context = {"text": found, "purpose": Purpose(purpose), "items": Consent.Item}
    return render(request, "people/consents/text.html", context)


@require_GET
@for_administrators
def texts(request: SignedInRequest) -> HttpResponse:
    """Every text with its versions: whoever runs the site words them for its operator."""
    rows = [(purpose, _text(purpose), queries.versions_of(purpose)) for purpose in Purpose]
    return render(request, "people/consents/texts.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@for_administrators
def new_text(request: SignedInRequest, purpose: str) -> HttpResponse:
    """Word a text anew: the version before stays for whoever agreed to it."""
    before, now = _text(purpose), timezone.now()
    said = {"text_ru": before.text_ru, "text_en": before.text_en, "from_on": timezone.localdate()}
    form = NewTextForm(request.POST or None, initial=said)
    if form.is_valid():
        try:
            actions.publish_text(purpose, **form.cleaned_data, actor=request.user, now=now)
        except Refused as refusal:
            form.add_error("from_on", explain(refusal.gaps[0]))
        else:
            messages.success(request, _("The new version is published."))
            return redirect("people:consent_texts")
    context = {"form": form, "purpose": Purpose(purpose), "before": before}
    status = 422 if form.is_bound else 200
    return render(request, "people/consents/new_text.html", context, status=status)


def _text(purpose: str) -> ConsentText:
    if purpose not in Purpose.values:
        raise Http404
    return queries.text_in_force(purpose, on=timezone.localdate())


def _withdraw(request: SignedInRequest, purpose: str) -> HttpResponse:
    if purpose == Purpose.ACCOUNT:
        return redirect("held:erase")
    actions.withdraw_consent(request.user, purpose, actor=request.user, now=timezone.now())
    messages.success(request, _("The consent is withdrawn."))
    return redirect("people:consents")


def _is_given(request: SignedInRequest, purpose: str, form: ShownForm) -> bool:
    """Give it; False where a rule says no, which the form then tells."""
    who, now, how = request.user, timezone.now(), Consent.How.SITE
    shows, seen = form.cleaned_data.get("shows", []), request.POST.get("seen", "")
    try:
        actions.give_consent(who, purpose, shows=shows, seen=seen, how=how, actor=who, now=now)
    except Refused as refusal:
        (gap,) = refusal.gaps
        form.add_error(gap.path or None, explain(gap))
        return False
    return True
