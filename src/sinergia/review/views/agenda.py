"""Items of a session: put on the agenda, voted on, decided, by whoever keeps the minutes."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.ui.acting import is_done, tell_gaps
from sinergia.calls.http import in_zone_of
from sinergia.engine.minutes import Proposal
from sinergia.engine.refusal import Refused
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.review.actions import items as actions
from sinergia.review.actions import voting
from sinergia.review.actions.stepping_aside import recuse
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
        recuse(found, form.by_key[said["member"]], said["reason"], actor=request.user, now=now)

    if is_done(form, act, explain):
        messages.success(request, _("Noted: they take no part and do not see this question."))
        return redirect("commission:item", key, row, item)
    return _item_page(request, sitting, found, recusing=form, status=REFUSED)


@require_POST
@for_signed_in
def enter_votes(request: SignedInRequest, key: UUID, row: UUID, item: UUID) -> HttpResponse:
    """Enter votes from what was signed."""
    sitting, found = kept_item(request, key, row, item)
    form, now = _votes_form(sitting, found, request), timezone.now()

    def act() -> None:
        seen = form.cleaned_data["seen"]
        voting.enter_votes(found, form.given(), seen=seen, actor=request.user, now=now)

    if is_done(form, act, explain):
        messages.success(request, _("The votes are entered."))
        return redirect("commission:item", key, row, item)
    return _item_page(request, sitting, found, entering=form, status=REFUSED)


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


def _votes_form(sitting: Sitting, found: Item, request: SignedInRequest | None) -> VotesForm:
    """Votes of those who may vote and have not done so here themselves."""
    room = attendance_of(sitting)
    told = counted(sitting, [found], room)[0]
    before = {one.member_id: one for one in told.votes}
    own = {one.member_id for one in told.votes if one.by == _account_of(one.member)}
    open_to = told.table.entitled - told.table.recused - own
    if sitting.form == Sitting.Form.IN_PERSON:
        open_to &= told.table.taking_part
    members = [one for one in room.members if one.pk in open_to]
    typed = request.POST if request else None
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
        "awards": lists_seen([found], request.user, sitting.commission.contest).get(found.pk, ()),
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
