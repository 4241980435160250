"""On the way to the signature: conditions, periods, the agreement, the signing, declining."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergia.base.files.actions import begin_upload, fill_upload
from sinergia.base.files.adapters.store import StoreUnavailable
from sinergia.base.files.http import accept, receive
from sinergia.base.files.models import DOCUMENT, Upload
from sinergia.base.ui.acting import is_done
from sinergia.engine.money import as_typed
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.shown import date_shown
from sinergia.grants import access
from sinergia.grants.actions import conditions, signing, terms
from sinergia.grants.forms.money import periods_forms
from sinergia.grants.forms.signing import (
    AgreementForm,
    ConditionForm,
    NewConditionForm,
    SignForm,
    WhyForm,
    WonForm,
)
from sinergia.grants.http import decided_grant, entered_grant, grant_with
from sinergia.grants.models import Condition, Grant
from sinergia.grants.papers.agreement import agreement_docx
from sinergia.grants.queries import grants as queries
from sinergia.grants.queries.agreement import facts_of, typed_before
from sinergia.grants.views.grant import form_page
from sinergia.grants.words import explain
from sinergia.people.http import SignedInRequest, for_signed_in


@require_http_methods(["GET", "POST"])
@for_signed_in
def condition(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Say that a condition is met, and by what it is seen."""
    found, now = decided_grant(request, key), timezone.now()
    asked = _condition(found, row)
    initial = {"note": asked.note}
    form = ConditionForm(
        request.POST or None, receive(request, ConditionForm, now=now), initial=initial
    )
    meet = partial(conditions.meet_condition, asked, actor=request.user, now=now)
    if is_done(form, lambda: meet(form.cleaned_data["note"], form.cleaned_data["file"]), explain):
        return _back(found, _("The condition is met."), request)
    return form_page(request, found, form, (asked.text, _("It is met")))


@require_POST
@for_signed_in
def reopen(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Take back that a condition is met."""
    found = decided_grant(request, key)
    try:
        conditions.reopen_condition(_condition(found, row), actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, explain(refusal.gaps[0]))
    return redirect("grants:grant", key)


@require_http_methods(["GET", "POST"])
@for_signed_in
def new_condition(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Ask for one more thing before the signing."""
    found, form = decided_grant(request, key), NewConditionForm(request.POST or None)
    add = partial(conditions.add_condition, found, actor=request.user, now=timezone.now())
    if is_done(form, lambda: add(form.cleaned_data["text"]), explain):
        return _back(found, _("The condition is added."), request)
    return form_page(request, found, form, (_("One more condition"), _("Add")))


@require_http_methods(["GET", "POST"])
@for_signed_in
def drop_condition(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Take away a condition that was added by mistake, after asking once more."""
    found = decided_grant(request, key)
    asked = _condition(found, row)
    form = forms.Form(request.POST if request.method == "POST" else None)
    drop = partial(conditions.drop_condition, asked, actor=request.user, now=timezone.now())
    if is_done(form, drop, explain):
        return _back(found, _("The condition is taken away."), request)
    said = (_("Take the condition away?"), _("Take it away"))
    return form_page(request, found, form, said, intro=asked.text)


@require_http_methods(["GET", "POST"])
@for_signed_in
def periods(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Write periods with their tranches anew."""
    found = entered_grant(request, key)
    rows = list(queries.periods_of(found))
    told = periods_forms(rows, found.currency, request.POST or None)
    gaps: list[Gap] = []
    if told.is_bound and told.is_valid():
        try:
            terms.write_periods(found, told.parts(), actor=request.user, now=timezone.now())
        except Refused as refusal:
            gaps = list(refusal.gaps)
        else:
            return _back(found, _("Periods and tranches are written."), request)
    said = (_("Periods and tranches"), _("Save"))
    against = [explain(gap) for gap in gaps]
    return form_page(request, found, told, said, "grants/periods.html", gaps=against)


@require_http_methods(["GET", "POST"])
@for_signed_in
def agreement(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Make the agreement: what the site knows is put in, the rest is typed or mended here."""
    found = entered_grant(request, key)
    form = AgreementForm(request.POST or None, initial=_typed(found))

    def act() -> None:
        told, now = form.cleaned_data, timezone.now()
        upload = _made(request, found, form, now)
        keep = partial(signing.keep_agreement, number=told["number"], on=told["on"])
        keep(found, upload, form.typed(), actor=request.user, now=now)

    if is_done(form, act, explain):
        return _back(found, _("The agreement is made: download it, look, and sign it."), request)
    return form_page(request, found, form, (_("Agreement"), _("Make the agreement")))


@require_http_methods(["GET", "POST"])
@for_signed_in
def sign(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Note that it is signed, with the scan or the signature."""
    found, now = entered_grant(request, key), timezone.now()
    last = queries.agreement_of(found)
    initial = {"number": last.number, "on": last.on} if last is not None else {}
    typed = (request.POST or None, receive(request, SignForm, now=now))
    form = SignForm(*typed, initial=initial, has_award=found.award_id is not None)
    act = partial(signing.sign_grant, found, actor=request.user, now=now)
    if is_done(form, lambda: act(form.agreed()), explain):
        return _back(found, _("Signed: the project is under way."), request)
    said = (_("The agreement is signed"), _("Put it here"))
    return form_page(request, found, form, said, intro=_sign_intro(found))


@require_http_methods(["GET", "POST"])
@for_signed_in
def decline(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Give the grant back before it is signed."""
    found, form = grant_with(request, key, access.may_decline), WhyForm(request.POST or None)
    act = partial(signing.decline_grant, found, actor=request.user, now=timezone.now())
    if is_done(form, lambda: act(form.cleaned_data["why"]), explain):
        return _back(found, _("The grant is declined."), request)
    intro = _("The application stays won: a grant of it can be begun anew.")
    if found.award_id is not None:
        intro = _("The centre can take it back until another has moved up from the reserve.")
    said = (_("Decline the grant"), _("Decline"))
    return form_page(request, found, form, said, intro=intro)


@require_http_methods(["GET", "POST"])
@for_signed_in
def correct(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Sum and dates of a grant won elsewhere, before it is signed."""
    found = entered_grant(request, key)
    if found.award_id is not None:
        raise Http404
    initial = {"begins_on": found.begins_on, "ends_on": found.ends_on}
    initial["sum"] = as_typed(found.sum_minor, currency=found.currency)  # type: ignore[assignment]  # a text
    form = WonForm(found.currency, request.POST or None, initial=initial)
    act = partial(terms.correct_won, found, actor=request.user, now=timezone.now())
    if is_done(form, lambda: act(form.won()), explain):
        return _back(found, _("Saved."), request)
    intro = _("Periods and tranches are made anew of it.")
    return form_page(request, found, form, (_("Sum and dates"), _("Save")), intro=intro)


def _back(found: Grant, words: str, request: SignedInRequest) -> HttpResponse:
    messages.success(request, words)
    return redirect("grants:grant", found.key)


def _condition(found: Grant, row: UUID) -> Condition:
    asked = queries.condition_keyed(found, row)
    if asked is None:
        raise Http404
    return asked


def _typed(found: Grant) -> dict[str, Any]:
    last = queries.agreement_of(found)
    operator = found.centre.organisation.name if found.centre is not None else ""
    typed = typed_before(found, operator=operator)
    return {**typed, "number": last.number, "on": last.on} if last is not None else {**typed}


def _made(request: SignedInRequest, found: Grant, form: AgreementForm, now: datetime) -> Upload:
    """The paper as a file that waits to be kept. Raises Refused where the store is not there."""
    language, told = get_language() or "ru", form.cleaned_data
    typed = form.typed() | {
        "number": told["number"],
        "date": date_shown(told["on"], language) if told["on"] is not None else "",
    }
    try:
        content = agreement_docx(found, facts_of(found), typed, language=language, now=now)
        name = f"agreement-{found.application.number}.docx".replace("/", "-")
        upload = begin_upload(DOCUMENT, name=name, size=len(content), actor=request.user, now=now)
        return accept(fill_upload(upload, [content]), now=now)
    except StoreUnavailable as fault:
        raise Refused([Gap("file.store_down")]) from fault


def _sign_intro(found: Grant) -> str:
    if found.award_id is None:
        return _("The file may stay with the fund: number and day are enough.")
    return _("Once it is signed, sum, periods and tranches are not changed by hand any more.")
