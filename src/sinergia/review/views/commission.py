"""The commission of a contest: its order and its members, for whoever keeps its minutes."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.files.http import receive, respond_with
from sinergia.base.ui.acting import is_done, tell_gaps
from sinergia.calls.http import in_zone_of
from sinergia.calls.models import Contest
from sinergia.engine.refusal import Refused
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.review.actions import commission as actions
from sinergia.review.forms.commission import MemberForm, OrderForm
from sinergia.review.http import minuted_contest
from sinergia.review.models import Commission, Member
from sinergia.review.queries.commission import commission_of, former_of, members_of
from sinergia.review.queries.sittings import sittings_of
from sinergia.review.words import explain

STEPS = {"up": -1, "down": 1}
MEMBER = {"role": Member.Role.MEMBER, "is_voting": True}


@require_GET
@for_signed_in
def composition(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Order, members in the order of the paper, sessions."""
    contest = minuted_contest(request, key)
    commission = commission_of(contest)
    context: dict[str, object] = {"contest": contest, "commission": commission}
    if commission is not None:
        context |= {
            "members": list(members_of(commission)),
            "former": list(former_of(commission)),
            "sittings": list(sittings_of(commission)[:200]),
        }
    with in_zone_of(contest):
        return render(request, "review/commission/composition.html", context)


@require_http_methods(["GET", "POST"])
@for_signed_in
def order(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Write by which order the commission sits."""
    contest = minuted_contest(request, key)
    files = receive(request, OrderForm, now=timezone.now())
    form = OrderForm(request.POST or None, files, initial=_order_of(commission_of(contest)))
    actor, now = request.user, timezone.now()
    if is_done(
        form, lambda: actions.write_order(contest, form.given(), actor=actor, now=now), explain
    ):
        messages.success(request, _("Saved."))
        return redirect("commission:composition", key)
    return form_page(request, contest, form, title=_("Order about the commission"))


@require_GET
@for_signed_in
def scan(request: SignedInRequest, key: UUID) -> HttpResponseBase:
    """The scan of the order."""
    commission = commission_of(minuted_contest(request, key))
    if commission is None or commission.scan is None:
        raise Http404
    return respond_with(commission.scan, asked=request.headers)


@require_http_methods(["GET", "POST"])
@for_signed_in
def new_member(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Write down a member."""
    commission = kept_commission(request, key)
    form, now = MemberForm(request.POST or None, initial=MEMBER), timezone.now()

    def act() -> None:
        actions.write_member(commission, form.given(), actor=request.user, now=now)

    if is_done(form, act, explain):
        messages.success(request, _("Saved."))
        return redirect("commission:composition", key)
    return form_page(request, commission.contest, form, title=_("Write down a member"))


@require_http_methods(["GET", "POST"])
@for_signed_in
def member(request: SignedInRequest, key: UUID, row: UUID) -> HttpResponse:
    """Write a member anew."""
    commission, found = kept_member(request, key, row)
    names = ("name", "post", "role", "is_voting")
    initial = {name: getattr(found, name) for name in names}
    form, now = MemberForm(request.POST or None, initial=initial), timezone.now()

    def act() -> None:
        given, actor = form.given(), request.user
        actions.write_member(commission, given, member=found, actor=actor, now=now)

    if is_done(form, act, explain):
        messages.success(request, _("Saved."))
        return redirect("commission:composition", key)
    title = _("Change a member")
    return form_page(request, commission.contest, form, title=title, leaving=found)


@require_POST
@for_signed_in
def act_on_member(request: SignedInRequest, key: UUID, row: UUID, act: str) -> HttpResponse:
    """Put a member higher or lower, or let them go."""
    _commission, found = kept_member(request, key, row)
    actor, now = request.user, timezone.now()
    try:
        if act in STEPS:
            actions.move_member(found, STEPS[act], actor=actor, now=now)
        elif act == "leave":
            actions.end_seat(found, actor=actor, now=now)
            messages.success(request, _("No member any more; what they voted stays."))
        else:
            raise Http404
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
    return redirect("commission:composition", key)


def kept_commission(request: SignedInRequest, key: UUID) -> Commission:
    """The commission whose minutes whoever asks keeps; not there before its order."""
    contest = minuted_contest(request, key)
    found = commission_of(contest)
    if found is None:
        raise Http404
    found.contest = contest
    return found


def kept_member(request: SignedInRequest, key: UUID, row: UUID) -> tuple[Commission, Member]:
    """A member of it, as they are now."""
    commission = kept_commission(request, key)
    found: Member = get_object_or_404(members_of(commission), key=row)
    return commission, found


def form_page(
    request: HttpRequest, contest: Contest, form: object, *, title: str, **context: object
) -> HttpResponse:
    """A page with a form: 422 where what was typed was not taken."""
    status = 422 if getattr(form, "is_bound", False) else 200
    told = {"contest": contest, "form": form, "title": title} | context
    return render(request, "review/commission/form.html", told, status=status)


def _order_of(row: Commission | None) -> dict[str, object]:
    if row is None:
        return {}
    return {
        "number": row.order_number,
        "on": row.order_on,
        "quorum": row.quorum,
        "is_chair_decisive": row.is_chair_decisive,
    }
