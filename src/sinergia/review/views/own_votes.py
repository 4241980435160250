"""A member's own page: sessions that were opened, questions to vote on, recusing oneself."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sinergia.base.tables.cutting import cut
from sinergia.base.tables.paging import Order, page_of
from sinergia.base.ui.acting import is_done
from sinergia.calls.http import in_zone_of
from sinergia.engine.minutes import Proposal
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.review.actions.stepping_aside import recuse
from sinergia.review.actions.voting import cast_vote
from sinergia.review.forms.commission import ReasonForm, VoteForm
from sinergia.review.models import Item, Member, Sitting
from sinergia.review.queries.commission import seats_of
from sinergia.review.queries.sittings import (
    Counted,
    items_of,
    sittings_for,
    sittings_told,
    waiting_for_vote,
)
from sinergia.review.queries.winners import lists_seen
from sinergia.review.views.agenda import list_page
from sinergia.review.views.sittings import minutes_answer, told_of
from sinergia.review.words import explain
from sinergia.review.words.commission import proposal_said

LATEST = Order("begins_at", is_descending=True)


@require_GET
@for_signed_in
def own(request: SignedInRequest) -> HttpResponse:
    """Commissions of which whoever asks is a member, and their sessions."""
    waiting: dict[int, int] = {}
    for item in waiting_for_vote(request.user, now=timezone.now()):
        waiting[item.sitting_id] = waiting.get(item.sitting_id, 0) + 1
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = page_of(sittings_told(request.user), order=LATEST, after=after, before=before)
    rows = [(one, waiting.get(one.pk, 0)) for one in page.rows]
    context = {"seats": list(seats_of(request.user)), "rows": rows, "page": page}
    return render(request, "review/commission/own.html", context)


@require_GET
@for_signed_in
def sitting(request: SignedInRequest, row: UUID) -> HttpResponse:
    """A session with its questions, each with a place to vote."""
    return _sitting_page(request, *own_sitting(request, row))


@require_POST
@for_signed_in
def vote(request: SignedInRequest, row: UUID, item: UUID) -> HttpResponse:
    """Vote on a question."""
    sitting, seat, found = _own_item(request, row, item)
    form, now = VoteForm(request.POST, prefix=str(found.number)), timezone.now()
    actor = request.user
    if is_done(form, lambda: cast_vote(found, seat, form.given(), actor=actor, now=now), explain):
        told = _("Your vote on question %(number)s is taken.") % {"number": found.number}
        messages.success(request, told)
        return redirect("commission:own_sitting", row)
    return _sitting_page(request, sitting, seat, typed={found.pk: form}, status=422)


@require_POST
@for_signed_in
def recuse_oneself(request: SignedInRequest, row: UUID, item: UUID) -> HttpResponse:
    """Take no part in a question, and see it no more."""
    sitting, seat, found = _own_item(request, row, item)
    form, now = ReasonForm(request.POST, prefix=f"r{found.number}"), timezone.now()
    actor = request.user

    def act() -> None:
        recuse(found, seat, form.cleaned_data["reason"], actor=actor, now=now)

    if is_done(form, act, explain):
        messages.success(request, _("You take no part in this question and see it no more."))
        return redirect("commission:own_sitting", row)
    return _sitting_page(request, sitting, seat, recusing={found.pk: form}, status=422)


@require_GET
@for_signed_in
def minutes(request: SignedInRequest, row: UUID) -> HttpResponse:
    """Minutes of a closed session, without what a member is recused from."""
    sitting, _seat = own_sitting(request, row)
    if sitting.stage != Sitting.Stage.CLOSED:
        raise Http404
    return minutes_answer(sitting, request.user)


@require_GET
@for_signed_in
def own_list(request: SignedInRequest, row: UUID, item: UUID) -> HttpResponse:
    """The whole list of winners that a question puts to the vote, page by page."""
    sitting, _seat, found = _own_item(request, row, item)
    contest = sitting.commission.contest
    context: dict[str, object] = {"contest": contest, "sitting": sitting, "item": found}
    context["page"] = list_page(request, sitting, found)
    context["currency"] = contest.call.fund.currency
    return render(request, "review/commission/own_list.html", context)


def own_sitting(request: SignedInRequest, row: UUID) -> tuple[Sitting, Member]:
    """A session that was opened to a member, and their seat."""
    found = sittings_for(request.user).filter(key=row).first()
    if found is None:
        raise Http404
    seat = seats_of(request.user).filter(commission=found.commission_id).first()
    if seat is None:
        raise Http404
    return found, seat


def _own_item(request: SignedInRequest, row: UUID, item: UUID) -> tuple[Sitting, Member, Item]:
    sitting, seat = own_sitting(request, row)
    found = items_of(sitting, request.user).filter(key=item).first()
    if found is None:
        raise Http404
    return sitting, seat, found


def _sitting_page(
    request: SignedInRequest,
    sitting: Sitting,
    seat: Member,
    *,
    typed: dict[int, VoteForm] | None = None,
    recusing: dict[int, ReasonForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    told = told_of(sitting, request.user)
    is_remote = sitting.form == Sitting.Form.CORRESPONDENCE
    is_there = is_remote or seat.pk in told["room"].there
    is_open = sitting.stage == Sitting.Stage.OPEN
    is_late = sitting.ends_at is not None and sitting.ends_at < timezone.now()
    contest = sitting.commission.contest
    currency = contest.call.fund.currency
    lists = lists_seen([one.item for one in told["items"]], request.user, contest)
    context = told | {
        "rows": [
            _row(one, seat, currency, typed or {}, recusing or {})
            | {"awards": cut(lists.get(one.item.pk, ()), lambda line: line.examination)}
            for one in told["items"]
        ],
        "currency": currency,
        "is_there": is_there,
        "may_vote": is_open and is_there and seat.is_voting and not is_late,
        "is_late": is_open and is_late,
        "is_open": is_open,
        "seat": seat,
    }
    with in_zone_of(contest):
        return render(request, "review/commission/own_sitting.html", context, status=status)


def _row(
    one: Counted,
    seat: Member,
    currency: str,
    typed: dict[int, VoteForm],
    recusing: dict[int, ReasonForm],
) -> dict[str, object]:
    item, mine = one.item, next((row for row in one.votes if row.member_id == seat.pk), None)
    initial = {"choice": mine.choice, "dissent": mine.dissent} if mine else {}
    proposal = Proposal.model_validate(item.proposal)
    return {
        "one": one,
        "mine": mine,
        "form": typed.get(item.pk) or VoteForm(prefix=str(item.number), initial=initial),
        "recusing": recusing.get(item.pk) or ReasonForm(prefix=f"r{item.number}"),
        "proposal": proposal_said(proposal, currency, get_language() or "ru"),
    }
