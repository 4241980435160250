"""Items of a session: put on the agenda, voted on, decided, by whoever keeps the minutes."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.tables.cutting import Cut, cut
from sinergia.base.ui.acting import is_done, tell_gaps
from sinergia.calls.http import in_zone_of
from sinergia.engine.minutes import AwardLine, Proposal
from sinergia.engine.refusal import Refused
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.review.actions import items as actions
from sinergia.review.actions import stepping_aside, voting
from sinergia.review.forms.agenda import ApplicationForm, ItemForm
from sinergia.review.forms.commission import NotedForm, SeenForm, VotesForm
from sinergia.review.models import Examination, Item, Sitting
from sinergia.review.queries.commission import hidden_examinations, members_of
from sinergia.review.queries.rulings import followed_by
from sinergia.review.queries.sittings import (
    application_by,
    attendance_of,
    counted,
    items_of,
    lines_of,
    signed_sheets,
)
from sinergia.review.queries.winners import lists_seen
from sinergia.review.views.commission import form_page
from sinergia.review.views.sittings import kept_sitting
from sinergia.review.words import explain
from sinergia.review.words.commission import proposal_said, question_of

CONFLICT, REFUSED = 409, 422


@require_http_methods(["GET", "POST"])
@for_signed_in
def new(request: SignedInRequest, key: UUID, row: UUID, kind: str) -> HttpResponse:
    """Put an item on the agenda; of most kinds the application is chosen first."""
    sitting = kept_sitting(request, key, row)
    if kind not in Item.Kind.values:
        raise Http404
    about = _about(request, sitting)
    if kind in actions.ABOUT_ONE and about is None:
        return _choosing(request, sitting, kind)
    form, now = _item_form(request, kind, about), timezone.now()
    if is_done(
        form,
        lambda: actions.put_item(sitting, form.given(), actor=request.user, now=now),
        explain,
    ):
        return redirect("commission:sitting", key, row)
    title, lead = str(Item.Kind(kind).label), about.submission.title if about else ""
    return form_page(request, sitting.commission.contest, form, title=title, lead=lead)


@require_GET
@for_signed_in
def item(request: SignedInRequest, key: UUID, row: UUID, item: UUID) -> HttpResponse:
    """An item with its votes and recusals."""
    sitting, found = kept_item(request, key, row, item)
    return _item_page(request, sitting, found)


@require_POST
@for_signed_in
def remove(request: SignedInRequest, key: UUID, row: UUID, item: UUID) -> HttpResponse:
    """Take an item off the agenda."""
    _sitting, found = kept_item(request, key, row, item)
    try:
        actions.remove_item(found, actor=request.user, now=timezone.now())
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
    return redirect("commission:sitting", key, row)


@require_POST
@for_signed_in
def note_recusal(request: SignedInRequest, key: UUID, row: UUID, item: UUID) -> HttpResponse:
    """Note that a member takes no part."""
    sitting, found = kept_item(request, key, row, item)
    form, now = NotedForm(list(members_of(sitting.commission)), request.POST), timezone.now()

    def act() -> None:
        said = form.cleaned_data
        member = form.by_key[said["member"]]
        stepping_aside.recuse(found, member, said["reason"], actor=request.user, now=now)

    if is_done(form, act, explain):
        messages.success(request, _("Noted: they take no part and do not see this question."))
        return redirect("commission:item", key, row, item)
    return _item_page(request, sitting, found, recusing=form, status=REFUSED)


@require_POST
@for_signed_in
def take_back_recusal(
    request: SignedInRequest, key: UUID, row: UUID, item: UUID, member: UUID
) -> HttpResponse:
    """Take a recusal back that was noted by mistake."""
    sitting, found = kept_item(request, key, row, item)
    seat = next((one for one in members_of(sitting.commission) if one.key == member), None)
    if seat is None:
        raise Http404
    try:
        stepping_aside.take_back_recusal(found, seat, actor=request.user, now=timezone.now())
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
    return redirect("commission:item", key, row, item)


@require_POST
@for_signed_in
def enter_votes(request: SignedInRequest, key: UUID, row: UUID, item: UUID) -> HttpResponse:
    """Enter votes from what was signed."""
    sitting, found = kept_item(request, key, row, item)
    form, now = _votes_form(sitting, found, request.POST), timezone.now()

    def act() -> None:
        seen = form.cleaned_data["seen"]
        voting.enter_votes(found, form.given(), seen=seen, actor=request.user, now=now)

    if is_done(form, act, explain):
        messages.success(request, _("The votes are entered."))
        return redirect("commission:item", key, row, item)
    found = kept_item(request, key, row, item)[1]
    again = _typed_again(sitting, found, form)
    return _item_page(request, sitting, found, entering=again, status=REFUSED)


@require_POST
@for_signed_in
def decide(request: SignedInRequest, key: UUID, row: UUID, item: UUID) -> HttpResponse:
    """Count the votes; of two who decide at once the second sees what the first decided."""
    sitting, found = kept_item(request, key, row, item)
    form, now = SeenForm(request.POST), timezone.now()

    def act() -> None:
        voting.decide_item(found, seen=form.cleaned_data["seen"], actor=request.user, now=now)

    if is_done(form, act, explain):
        return redirect("commission:item", key, row, item)
    found = kept_item(request, key, row, item)[1]
    status = CONFLICT if found.version != form.cleaned_data.get("seen") else REFUSED
    return _item_page(request, sitting, found, deciding=form, status=status)


def kept_item(request: SignedInRequest, key: UUID, row: UUID, item: UUID) -> tuple[Sitting, Item]:
    """An item of a session; who is recused from it does not find it."""
    sitting = kept_sitting(request, key, row)
    found = items_of(sitting, request.user).filter(key=item).first()
    if found is None:
        raise Http404
    return sitting, found


def list_page(request: SignedInRequest, sitting: Sitting, found: Item) -> Cut[AwardLine]:
    """The page of a list of winners that the address asks for; nothing of another item."""
    lists = lists_seen([found], request.user, sitting.commission.contest)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    lines = lists.get(found.pk, ())
    return cut(lines, lambda one: one.examination, after=after, before=before)


def _about(request: SignedInRequest, sitting: Sitting) -> Examination | None:
    """The application that the address names; what is hidden from whoever asks is not there."""
    contest, words = sitting.commission.contest, request.GET.get("of", "")
    found = application_by(contest, words) if words else None
    hidden = hidden_examinations(request.user, contest)
    return None if found is None or hidden.filter(pk=found.pk).exists() else found


def _choosing(request: SignedInRequest, sitting: Sitting, kind: str) -> HttpResponse:
    """Ask which application it is about."""
    form = ApplicationForm(request.GET if "of" in request.GET else None)
    if form.is_bound and form.is_valid():
        form.add_error("of", _("There is no such application under review in this contest."))
    title = str(Item.Kind(kind).label)
    return form_page(
        request, sitting.commission.contest, form, title=title, method="get", button=_("Go on")
    )


def _item_form(request: SignedInRequest, kind: str, about: Examination | None) -> ItemForm:
    return ItemForm(
        kind,
        request.POST or None,
        initial={"question": question_of(kind, about)},
        about=about,
        lines=lines_of(about) if about and kind == Item.Kind.LESS else (),
        sheets=signed_sheets(about) if about and kind == Item.Kind.UNFOUNDED else (),
    )


def _typed_again(sitting: Sitting, found: Item, refused: VotesForm) -> VotesForm:
    """What was typed, beside the item as it is now, so that the next press is of what is shown.

    A vote that was entered meanwhile is not taken out by a line that was left empty.
    """
    now, typed = _votes_form(sitting, found, None), dict(refused.data.items())
    if typed.get("seen") != str(found.version):
        typed = {name: text for name, text in typed.items() if text}
        typed = {name: field.initial for name, field in now.fields.items()} | typed
    form = _votes_form(sitting, found, typed | {"seen": str(found.version)})
    form.full_clean()
    for told in refused.non_field_errors():
        form.add_error(None, told)
    return form


def _votes_form(sitting: Sitting, found: Item, typed: Mapping[str, Any] | None) -> VotesForm:
    """Votes of those who may vote and have not done so here themselves."""
    room = attendance_of(sitting)
    told = counted(sitting, [found], room)[0]
    before = {one.member_id: one for one in told.votes}
    own = {one.member_id for one in told.votes if one.by == _account_of(one.member)}
    open_to = told.table.entitled - told.table.recused - own
    if sitting.form == Sitting.Form.IN_PERSON:
        open_to &= told.table.taking_part
    members = [one for one in room.members if one.pk in open_to]
    return VotesForm(members, before, typed, initial={"seen": found.version})


def _item_page(
    request: SignedInRequest,
    sitting: Sitting,
    found: Item,
    *,
    status: int = 200,
    **forms: Form,
) -> HttpResponse:
    room, currency = attendance_of(sitting), sitting.commission.contest.call.fund.currency
    told = counted(sitting, [found], room)[0]
    recused = {one.member_id for one in told.recusals}
    others = [one for one in room.members if one.pk not in recused]
    proposal = Proposal.model_validate(found.proposal)
    context = {
        "contest": sitting.commission.contest,
        "commission": sitting.commission,
        "sitting": sitting,
        "has_quorum": room.has_quorum,
        "there": len(room.there & room.entitled),
        "awards": list_page(request, sitting, found),
        "currency": currency,
        "one": told,
        "proposal": proposal_said(
            proposal, currency, get_language() or "ru", followed=followed_by([found]).get(found.pk)
        ),
        "deciding": SeenForm(initial={"seen": found.version}),
        "entering": _votes_form(sitting, found, None),
        "recusing": NotedForm(others),
        **forms,
    }
    with in_zone_of(sitting.commission.contest):
        return render(request, "review/commission/item.html", context, status=status)


def _account_of(member: object) -> object:
    person = getattr(member, "person", None)
    return getattr(person, "key", None)
