"""An expert's own pages: their contests, the profile, statements, leaving."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sinergia.base.ui.acting import is_done
from sinergia.calls.models import Contest
from sinergia.exchange.queries.bodies import Meant, meant_by
from sinergia.organisations.forms.opened import is_kept
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.review.actions.answering import leave_contest
from sinergia.review.actions.experts import change_own_profile
from sinergia.review.actions.statements import sign_statement
from sinergia.review.forms.experts import ProfileForm, ReasonForm, initial_of
from sinergia.review.forms.statements import StatementForm
from sinergia.review.http import own_expert
from sinergia.review.models import Expert, Statement
from sinergia.review.queries.experts import experts_by
from sinergia.review.queries.invitations import invitations_of
from sinergia.review.queries.own_work import standings_of
from sinergia.review.queries.reading import rules_for
from sinergia.review.queries.statements import (
    shows_applicants,
    statements_of,
    unconfirmed,
    wording_of,
)
from sinergia.review.views.inviting import number_known, statement_file
from sinergia.review.words import explain
from sinergia.review.words.desk import named_said
from sinergia.review.words.experts import directions_said, languages_said, signed_said

Kind = Statement.Kind


@require_GET
@for_signed_in
def mine(request: SignedInRequest) -> HttpResponse:
    """Contests of which one is an expert, and invitations that wait."""
    waiting = invitations_of(request.user, now=timezone.now())
    rows = standings_of(experts_by(request.user))
    return render(request, "review/experts/mine.html", {"waiting": waiting, "rows": rows})


@require_GET
@for_signed_in
def own(request: SignedInRequest, key: UUID) -> HttpResponse:
    """One contest: what is to be signed, what waits, what is known of oneself."""
    expert = own_expert(request, key)
    named, languages = directions_said(expert.contest), dict(languages_said())
    context = {
        "expert": expert,
        "contest": expert.contest,
        "standing": standings_of([expert])[0],
        "statements": signed_said(statements_of(expert)),
        "directions": [named.get(code, code) for code in expert.directions],
        "languages": [languages.get(code, code) for code in expert.languages],
    }
    return render(request, "review/experts/own.html", context)


@require_http_methods(["GET", "POST"])
@for_signed_in
def profile(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Write one's own profile anew."""
    expert = own_expert(request, key)
    form = profile_form(expert, request.POST or None)
    change = partial(change_own_profile, expert, actor=request.user, now=timezone.now())
    if is_kept(form, lambda seen: change(form.profile(), seen=seen), explain):
        messages.success(request, _("Saved."))
        return redirect("experts:own", key)
    return _page(request, "review/experts/profile.html", expert, form)


@require_http_methods(["GET", "POST"])
@for_signed_in
def sign(request: SignedInRequest, key: UUID, kind: str) -> HttpResponse:
    """Read a statement and sign it; before that of no conflict, say to whom one is tied."""
    expert, language = own_expert(request, key), get_language() or "ru"
    signed = statements_of(expert)
    if kind not in Kind.values or (kind == Kind.NO_CONFLICT and Kind.CONFIDENCE not in signed):
        raise Http404
    words = wording_of(kind, expert.contest, language)
    is_shown = kind == Kind.NO_CONFLICT and shows_applicants(expert.contest)
    named = _named(expert, language) if is_shown and kind not in signed else {}
    form = StatementForm(named, request.POST or None, initial={"version": words.version})
    if is_done(form, lambda: _sign(request, expert, form, kind, is_shown=is_shown), explain):
        messages.success(request, _("Signed."))
        return redirect("experts:own", key)
    more = {"words": words, "kind": Kind(kind), "row": signed.get(kind), "is_shown": is_shown}
    return _page(request, "review/experts/sign.html", expert, form, **more)


@require_http_methods(["GET", "POST"])
@for_signed_in
def leave(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Be an expert of a contest no more."""
    expert, form = own_expert(request, key), ReasonForm(request.POST or None)
    act = partial(leave_contest, expert, actor=request.user, now=timezone.now())
    if is_done(form, lambda: act(form.cleaned_data["reason"]), explain):
        messages.success(request, _("You are no expert of this contest any more."))
        return redirect("experts:mine")
    standing = standings_of([expert])[0]
    return _page(request, "review/experts/leave.html", expert, form, standing=standing)


@require_GET
@for_signed_in
def own_paper(request: SignedInRequest, key: UUID, kind: str) -> HttpResponse:
    """One's own statement to be printed."""
    return statement_file(own_expert(request, key), kind)


def _named(expert: Expert, language: str) -> dict[UUID, str]:
    """Applicants of what was given to an expert, who has said nothing of it yet."""
    given = list(unconfirmed(expert))
    return named_said(given, rules_for(given), language, is_signed=False)


def _sign(
    request: SignedInRequest, expert: Expert, form: StatementForm, kind: str, *, is_shown: bool
) -> None:
    sign_statement(
        expert,
        kind,
        version=form.cleaned_data["version"],
        language=get_language() or "ru",
        actor=request.user,
        now=timezone.now(),
        ties=form.ties(),
        seen=form.seen() if is_shown else None,
    )


def profile_form(expert: Expert, typed: QueryDict | None = None) -> ProfileForm:
    """The profile as an expert writes it; of the register they find what is public."""
    directions = list(directions_said(expert.contest).items())
    find = partial(_public, contest=expert.contest)
    initial = initial_of(expert, number_known(expert))
    return ProfileForm(find, directions, languages_said(), typed, initial=initial)


def _public(typed: str, *, contest: Contest) -> Meant:
    found = meant_by(typed, contest.centre)
    is_public = found.exact is not None and found.exact.is_public
    return found if is_public else Meant(is_number=found.is_number)


def _page(
    request: SignedInRequest,
    template: str,
    expert: Expert,
    form: ProfileForm | StatementForm | ReasonForm,
    **more: object,
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context = {"expert": expert, "contest": expert.contest, "form": form} | more
    return render(request, template, context, status=status)
