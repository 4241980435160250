"""Consents: given and taken back by each for themselves, entered for those without an account."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sinergia.base.asking import read_key
from sinergia.base.ui.acting import form_page, is_done, tell_gaps
from sinergia.engine.refusal import Refused
from sinergia.exchange import access
from sinergia.exchange.actions import consents as actions
from sinergia.exchange.forms.press import PeopleForm, ToldForm
from sinergia.exchange.http import inside_visit
from sinergia.exchange.models import Delegate, VisitConsent
from sinergia.exchange.queries.commitments import delegates_of
from sinergia.exchange.queries.consents import OWN, quote_in
from sinergia.exchange.queries.delegation import delegates_of as all_of
from sinergia.exchange.queries.delegation import own_row
from sinergia.exchange.views.following import GONE, is_past, linked
from sinergia.exchange.views.publication import publication_crumbs
from sinergia.exchange.views.reaching import photo_of, prepared_visit
from sinergia.exchange.words import explain
from sinergia.exchange.words.consents import questions_for
from sinergia.people.http import SignedInRequest, for_everyone, for_signed_in, keep_off_referrers
from sinergia.people.models import Person

ALL = "all"


@require_POST
@for_signed_in
def own(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Agree to something on one's own page, or take it back."""
    found = own_row(inside_visit(request, key), request.user)
    if found is None:
        raise Http404
    _answer(request, found, request.user)
    return redirect("exchange:me", key)


@require_http_methods(["GET", "POST"])
@for_everyone
@keep_off_referrers
def consents_link_page(request: HttpRequest, key: UUID, until: str, token: str) -> HttpResponse:
    """The same for a delegate without an account, by their own link."""
    delegate = linked("consents", key, until, token)
    if is_past(until):
        return render(request, "exchange/feedback/past.html", status=GONE)
    if delegate.person_id is not None:
        return redirect("exchange:me", delegate.visit.key)
    if request.method == "POST":
        _answer(request, delegate, None)
        return redirect(request.get_full_path())
    context = {
        "visit": delegate.visit,
        "delegate": delegate,
        "questions": questions_for(delegate),
        "action": request.get_full_path(),
    }
    return render(request, "exchange/press/consents.html", context)


@require_http_methods(["GET", "POST"])
@for_signed_in
def told(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Enter what somebody said; taking back is noted for anybody, agreeing without an account."""
    visit = prepared_visit(request, key)
    found = all_of(visit).filter(key=row).first()  # also who does not travel after all
    if found is None:
        raise Http404
    if request.POST.get("act") == "take":
        return _take_back(request, found)
    form = ToldForm(request.POST or None)
    if is_done(form, lambda: _enter(found, form, request.user), explain):
        messages.success(request, _("Saved."))
        return redirect("press:publication", key)
    context = {"questions": questions_for(found), "visit": visit, "delegate": found}
    context["crumbs"] = publication_crumbs(request.user, visit)
    return form_page(request, "exchange/press/told.html", form, **context)


@require_POST
@for_signed_in
def people(request: SignedInRequest, key: UUID, photo: UUID) -> HttpResponse:
    """Say who can be recognised in a picture."""
    visit = prepared_visit(request, key)
    found, form = photo_of(visit, photo), PeopleForm(delegates_of(visit), request.POST)
    if not access.may_prepare(request.user, visit) or not form.is_valid():
        raise Http404
    was, now = found.file.is_public, timezone.now()
    is_public = actions.name_in_photo(found, form.chosen(), actor=request.user, now=now)
    if was and not is_public:
        messages.warning(request, _("The picture is private again: somebody in it has not agreed."))
    else:
        messages.success(request, _("Saved."))
    return redirect("commitments:show_photo", key, photo)


def _take_back(request: SignedInRequest, found: Delegate) -> HttpResponse:
    purposes, now = VisitConsent.Purpose.values, timezone.now()
    actions.take_back_consent(found, purposes, actor=request.user, now=now)
    messages.success(request, _("It is taken back: pages and papers are without them now."))
    return redirect("press:told", found.visit.key, found.key)


def _enter(delegate: Delegate, form: ToldForm, actor: Person) -> None:
    now, told, language = timezone.now(), form.cleaned_data["told"], get_language() or "ru"
    for purpose in form.cleaned_data["purposes"]:
        actions.give_visit_consent(
            delegate, purpose, told=told, language=language, actor=actor, now=now
        )


def _answer(request: HttpRequest, delegate: Delegate, actor: Person | None) -> None:
    """What was pressed. what: a purpose, the key of a quote, or everything."""
    what, is_given = request.POST.get("what", ""), request.POST.get("act") == "give"
    now, language = timezone.now(), get_language() or "ru"
    if what == ALL and not is_given:
        purposes = VisitConsent.Purpose.values
        actions.take_back_consent(delegate, purposes, actor=actor, now=now)
    elif what in OWN and is_given:
        actions.give_visit_consent(delegate, what, language=language, actor=actor, now=now)
    elif what in OWN:
        actions.take_back_consent(delegate, [what], actor=actor, now=now)
    elif not _is_answered(request, delegate, what, actor):
        return
    messages.success(
        request,
        _("You agreed. You may take it back here at any time.")
        if is_given
        else _("It is taken back: pages and papers are without it now."),
    )


def _is_answered(request: HttpRequest, delegate: Delegate, key: str, actor: Person | None) -> bool:
    """Agree to a quote, or take it back; other words than were read are shown first."""
    known = read_key(key)
    found = quote_in(delegate.visit, known) if known is not None else None
    if found is None or found.delegate_id != delegate.pk or found.removed_at is not None:
        raise Http404
    now, language = timezone.now(), get_language() or "ru"
    if request.POST.get("act") != "give":
        actions.take_back_quote(found, actor=actor, now=now)
        return True
    agree = partial(actions.agree_to_quote, found, seen=request.POST.get("seen", ""))
    try:
        agree(language=language, actor=actor, now=now)
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
        return False
    return True
