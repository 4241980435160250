"""One commitment: what it is, how it went; written out, moved along, ticked, taken back."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.ui.acting import form_page, is_done
from sinergia.engine.refusal import Refused
from sinergia.exchange import access
from sinergia.exchange.actions import commitments as actions
from sinergia.exchange.actions.commitments import Turned
from sinergia.exchange.actions.turning import STATES, turn_commitment
from sinergia.exchange.forms.commitments import CommitmentForm, TurnForm, commitment_initial
from sinergia.exchange.models import Commitment
from sinergia.exchange.queries import commitments as queries
from sinergia.exchange.views.reaching import changeable, commitment_of, crumbs_of, renew_clashes
from sinergia.exchange.words import explain
from sinergia.exchange.words.commitments import (
    ASKS_WORDS,
    TurnSaid,
    card_of,
    handed_said,
    turns_said,
)
from sinergia.organisations.queries.card import shown_to
from sinergia.people.http import SignedInRequest, for_signed_in, place_to_go
from sinergia.people.queries import names_of


@require_GET
@for_signed_in
def commitment(request: SignedInRequest, key: UUID) -> HttpResponse:
    """What is taken home, by whom, by when, how it went."""
    found = commitment_of(request, key)
    may_change = access.may_change_commitment(request.user, found)
    asked = list(queries.answers_of(found))
    context = {
        "card": card_of(found, today=timezone.localdate(), may_change=may_change),
        "row": found,
        "may_change": may_change,
        "turns": _history(found),
        "asked": asked,
        "is_held": queries.is_held_by_project(found),
        "may_open_board": access.may_read_commitments(request.user, found.visit),
        "crumbs": _crumbs(request, found),
    }
    return render(request, "exchange/commitments/commitment.html", context)


@require_http_methods(["GET", "POST"])
@for_signed_in
def write(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Whose it is, by when, the first step, who helps."""
    found = changeable(request, key)
    form = _form(request, found)
    save = partial(_write, request, found, form)
    if is_done(form, save, explain):
        messages.success(request, _("Saved."))
        return redirect("commitments:commitment", key)
    renew_clashes(form)
    context = {"row": found, "crumbs": _crumbs(request, found, is_below=True)}
    return form_page(request, "exchange/commitments/write.html", form, **context)


@require_http_methods(["GET", "POST"])
@for_signed_in
def turn(request: SignedInRequest, key: UUID, state: str) -> HttpResponse:
    """Move it along; where it did not go, or became a project elsewhere, words are asked first."""
    found = changeable(request, key)
    if state not in STATES:
        raise Http404
    if state not in ASKS_WORDS:
        return _turn_at_once(request, found, state)
    form = TurnForm(state, request.POST or None)
    move = partial(_turn, request, found, form)
    if is_done(form, move, explain):
        return _moved(request, found)
    context = {"row": found, "state": state, "next": _next(request, found), "seen": found.state}
    context["crumbs"] = _crumbs(request, found, is_below=True)
    return form_page(request, "exchange/commitments/turn.html", form, **context)


@require_POST
@for_signed_in
def step(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The first step is done, or is not."""
    found, is_done_now = changeable(request, key), request.POST.get("done") == "yes"
    tick = partial(actions.tick_step, found, is_done=is_done_now)
    return _acted(request, found, tick)


@require_http_methods(["GET", "POST"])
@for_signed_in
def take_back(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Take back what was a slip of the finger, after asking once more."""
    found = changeable(request, key)
    if request.method == "GET":
        context = {"row": found, "crumbs": _crumbs(request, found, is_below=True)}
        return render(request, "exchange/commitments/take_back.html", context)
    try:
        actions.take_back(found, actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, explain(refusal.gaps[0]))
        return redirect("commitments:commitment", key)
    messages.success(request, _("Taken back. Nobody is reminded of it any more."))
    return redirect("commitments:gone", key)


@require_http_methods(["GET", "POST"])
@for_signed_in
def gone(request: SignedInRequest, key: UUID) -> HttpResponse:
    """What was taken back, to be put back."""
    found = queries.taken_back_for(request.user).filter(key=key).first()
    if found is None or not access.may_change_commitment(request.user, found):
        raise Http404
    if request.method == "POST":
        return _put_back(request, found)
    context = {"row": found, "crumbs": _crumbs(request, found)}
    return render(request, "exchange/commitments/gone.html", context)


def _history(found: Commitment) -> list[TurnSaid]:
    """How it went, and to whom it was handed over; the latest first."""
    turns, handed = list(queries.turns_of(found)), queries.handed_over(found)
    names = names_of([*(one.by for one in turns), *(one.actor_key for one, _to in handed)])
    told = [*turns_said(turns, names), *handed_said(handed, names)]
    return sorted(told, key=lambda one: one.at, reverse=True)


def _put_back(request: SignedInRequest, found: Commitment) -> HttpResponse:
    try:
        actions.put_back(found, actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, explain(refusal.gaps[0]))
        return redirect("commitments:gone", found.key)
    return redirect("commitments:commitment", found.key)


def _form(request: SignedInRequest, found: Commitment) -> CommitmentForm:
    initial, seen = commitment_initial(found), shown_to(request.user)
    owners, helpers = queries.organisations_of_delegation(found), queries.helpers_for(found.visit)
    is_handed = access.may_hand_over(request.user, found.visit)
    heirs = queries.heirs_of(found) if is_handed else []
    data = request.POST or None
    return CommitmentForm(owners, helpers, seen, data, initial=initial, delegates=heirs)


def _write(request: SignedInRequest, found: Commitment, form: CommitmentForm) -> None:
    now, seen = timezone.now(), form.seen() or None
    actions.write_commitment(found, form.given(), actor=request.user, now=now, seen=seen)


def _turn(request: SignedInRequest, found: Commitment, form: TurnForm) -> None:
    seen = request.POST.get("seen", "")
    turn_commitment(found, form.turned(), actor=request.user, now=timezone.now(), seen=seen)


def _turn_at_once(request: SignedInRequest, found: Commitment, state: str) -> HttpResponse:
    if request.method != "POST":
        return redirect("commitments:commitment", found.key)
    seen = request.POST.get("seen", "")
    return _acted(request, found, partial(turn_commitment, found, Turned(state), seen=seen))


def _acted(request: SignedInRequest, found: Commitment, act: Callable[..., object]) -> HttpResponse:
    """Act at once; what is against it is told where one was."""
    try:
        act(actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, explain(refusal.gaps[0]))
    return _moved(request, found)


def _moved(request: SignedInRequest, found: Commitment) -> HttpResponse:
    return redirect(_next(request, found))


def _next(request: SignedInRequest, found: Commitment) -> str:
    """Where one came from: the board, at this very card, or the commitment's own page."""
    return place_to_go(request, otherwise=reverse("commitments:commitment", args=[found.key]))


def _crumbs(
    request: SignedInRequest, found: Commitment, *, is_below: bool = False
) -> list[tuple[str, str]]:
    own = [(found.title, reverse("commitments:commitment", args=[found.key]))] if is_below else []
    if not access.may_read_commitments(request.user, found.visit):
        return [(_("Commitments"), reverse("commitments:commitments")), *own]
    board = (_("Commitments"), reverse("commitments:board", args=[found.visit.key]))
    return crumbs_of(found.visit, board, *own)
