"""Visits: their list, the page on which each lives, its steps."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from sinergia.base.tables.paging import Order, Page, count_up_to, page_of
from sinergia.base.ui.acting import form_page, is_done, tell_gaps
from sinergia.engine.refusal import Refused
from sinergia.engine.visit import MAY_BE_CANCELLED, STEPS, Facts, Step, step_from
from sinergia.exchange import access
from sinergia.exchange.actions import visits as actions
from sinergia.exchange.forms.visits import (
    AskedForm,
    CancelForm,
    Choices,
    VisitForm,
    visit_initial,
)
from sinergia.exchange.http import our_visit, visit_of
from sinergia.exchange.models import Visit
from sinergia.exchange.queries.agreements import agreements_to_choose
from sinergia.exchange.queries.delegation import invitations_of
from sinergia.exchange.queries.filters import VisitFilter
from sinergia.exchange.queries.following import counts_of
from sinergia.exchange.queries.holding import public_photos
from sinergia.exchange.queries.press import FEEDBACK, published_items
from sinergia.exchange.queries.programmes import programmes_to_choose
from sinergia.exchange.queries.telling import to_call
from sinergia.exchange.queries.visits import (
    asked_for,
    facts_of,
    organisers_of,
    regions_between,
    regions_of_visits,
    staff_of,
    visits_seen_by,
    visits_with,
    years_of,
)
from sinergia.exchange.views.programme.telling import warn_to_call
from sinergia.exchange.views.programmes import shelf_named, shelved_said
from sinergia.exchange.views.reaching import BEGUN, Standing, standing_of, tabs_of
from sinergia.exchange.words import explain
from sinergia.exchange.words.following import counts_said
from sinergia.exchange.words.public_report import thought_said
from sinergia.exchange.words.publication import pictures_said, public_said
from sinergia.exchange.words.tabs import rooms_said
from sinergia.exchange.words.visits import back_said, missing_said, step_said, way_said
from sinergia.organisations.forms.opened import is_saved
from sinergia.organisations.http import StaffRequest, acting_centre, for_staff
from sinergia.organisations.models import Centre
from sinergia.organisations.queries.roles import regions_of
from sinergia.people.http import SignedInRequest, for_everyone, for_signed_in, reader_of
from sinergia.people.models import Person

PHOTOS = 12  # on the page of a visit; the others stand at their sessions


@require_safe
@for_everyone
def visits(request: HttpRequest) -> HttpResponse:
    """Visits that the reader may open, as the address asks, the latest first."""
    reader, asked = reader_of(request), VisitFilter.from_query(request.GET.dict())
    seen = visits_seen_by(reader).order_by()
    centre = acting_centre(request) if reader is not None else None
    rows = asked_for(seen, asked, ours=regions_of(centre) if centre else [])
    choices = (years_of(seen), list(regions_of_visits(seen)))
    context = {
        "page": _page(request, rows),
        "total": count_up_to(rows),
        "tabs": rooms_said("visits"),
        "asked": asked,
        "form": AskedForm(asked, *choices, is_staff=centre is not None),
    }
    return render(request, "exchange/visits.html", context)


@require_GET
@for_signed_in
def mine(request: SignedInRequest) -> HttpResponse:
    """Visits on which one travels, and invitations that wait."""
    page = _page(request, visits_with(request.user).order_by())
    waiting = invitations_of(request.user, now=timezone.now())
    context = {"page": page, "waiting": waiting}
    return render(request, "exchange/mine.html", context)


@require_safe
@for_everyone
def visit(request: HttpRequest, key: UUID) -> HttpResponse:
    """The page on which a visit lives: each reader sees what is theirs."""
    found, reader = visit_of(request, key), reader_of(request)
    known, facts = standing_of(reader, found), facts_of(found)
    context: dict[str, object] = {
        "visit": found,
        "tabs": tabs_of(request, found, "visit", known),
        "way": way_said(found),
        "is_inside": known.is_inside,
        "own": known.own,
        "organisers": list(organisers_of(found)) if known.is_inside else [],
        "travelling": facts.delegates,
        "sees_travel": access.may_see_travel(reader, found),
    }
    context |= _preparing(found, facts) if known.prepares else {}
    context |= _afterwards(found, known)
    return render(request, "exchange/visit.html", context)


def _afterwards(visit: Visit, known: Standing) -> dict[str, object]:
    """What is told of a visit once it has begun: pictures, and who answered what was taken up."""
    if visit.stage not in BEGUN:
        return {}
    takes = known.own is not None or known.is_home
    public = published_items(visit)
    return {
        "photos": pictures_said(visit, public_photos(visit)[:PHOTOS]),
        "papers": public_said(visit, public),
        "thought": thought_said(visit) if FEEDBACK in public else [],
        "asked": counts_said(visit, counts_of(visit)) if takes else [],
    }


@require_http_methods(["GET", "POST"])
@for_staff
def new(request: StaffRequest) -> HttpResponse:
    """Begin a visit from an idea."""
    form = VisitForm(_choices(request.centre), request.POST or None)
    form.fields["coordinator"].initial = str(request.user.key)
    form.fields["programme"].initial = request.GET.get("programme", "")
    made: list[Visit] = []
    write = partial(actions.write_visit, request.centre, actor=request.user, now=timezone.now())
    if is_saved(form, lambda given, seen: made.append(write(given, seen=seen)), explain):
        messages.success(
            request, _("The visit is written down as an idea. What comes next stands below.")
        )
        return redirect("exchange:visit", made[0].key)
    return form_page(request, "exchange/visit_form.html", form)


@require_http_methods(["GET", "POST"])
@for_staff
def change(request: StaffRequest, key: UUID) -> HttpResponse:
    """Write a visit anew."""
    found = our_visit(request, key)
    choices = _choices(found.centre, found)
    form = VisitForm(choices, request.POST or None, initial=visit_initial(found))
    write = partial(actions.write_visit, found.centre, visit=found, actor=request.user)
    if is_saved(form, partial(write, now=timezone.now()), explain):
        messages.success(request, _("Saved."))
        return redirect("exchange:visit", key)
    return form_page(request, "exchange/visit_form.html", form, visit=found)


@require_http_methods(["GET", "POST"])
@for_staff
def step(request: StaffRequest, key: UUID, name: str) -> HttpResponse:
    """Show what a step asks for and what follows from it; take it."""
    found, now = our_visit(request, key), timezone.now()
    verb = next((one for one in STEPS if one == name), None)
    if verb is None:
        raise Http404
    if request.method == "GET":
        return _step(request, found, verb, missing_said(actions.missing(found, verb, now=now)))
    try:
        actions.take_step(found, verb, actor=request.user, now=now)
    except Refused as refusal:
        return _step(request, found, verb, missing_said(refusal.gaps), status=422)
    messages.success(request, _("Done."))
    return redirect("exchange:visit", key)


@require_POST
@for_staff
def back(request: StaffRequest, key: UUID) -> HttpResponse:
    """Take the last step back."""
    found, seen = our_visit(request, key), request.POST.get("seen", "")
    try:
        actions.step_back(found, seen=seen, actor=request.user, now=timezone.now())
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
    else:
        messages.success(request, _("The visit is a step back."))
        if seen == Visit.Stage.CANCELLED:
            warn_to_call(request, to_call(found))
    return redirect("exchange:visit", key)


@require_http_methods(["GET", "POST"])
@for_staff
def cancel(request: StaffRequest, key: UUID) -> HttpResponse:
    """Say that a visit does not take place, and why."""
    found, form = our_visit(request, key), CancelForm(request.POST or None)
    give_up = partial(actions.cancel_visit, found, actor=request.user, now=timezone.now())
    if is_done(form, lambda: give_up(form.cleaned_data["reason"]), explain):
        messages.success(
            request, _("The visit is cancelled: delegates, hosts and organisers are told.")
        )
        warn_to_call(request, to_call(found))
        return redirect("exchange:visit", key)
    return form_page(request, "exchange/cancel.html", form, visit=found)


@require_POST
@for_staff
def shelve(request: StaffRequest, key: UUID, shelf: str) -> HttpResponse:
    """Show a visit to everybody or not, put it away, take it back."""
    found, wanted = our_visit(request, key, with_removed=True), shelf_named(shelf)
    try:
        actions.shelve_visit(found, wanted, actor=request.user, now=timezone.now())
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
    else:
        messages.success(request, shelved_said(wanted))
    return redirect("exchange:visit", key)


def _page(request: HttpRequest, rows: QuerySet[Visit]) -> Page[Visit]:
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    order = Order("starts_on", is_descending=True)
    return page_of(rows, order=order, after=after, before=before)


def _preparing(visit: Visit, facts: Facts) -> dict[str, object]:
    """What whoever prepares a visit sees beside: the step that comes next, the way back."""
    coming = step_from(visit.stage)
    now = timezone.now()
    gaps = actions.missing(visit, coming, now=now, facts=facts) if coming else []
    is_cancelled = visit.stage == Visit.Stage.CANCELLED
    has_way_back = actions.has_way_back(visit, now=now, facts=facts)
    return {
        "prepares": True,
        "step": coming,
        "step_title": step_said(coming).title if coming else "",
        "missing": missing_said(gaps),
        "back_title": back_said(visit) if has_way_back else "",
        "may_cancel": not is_cancelled and visit.stage in MAY_BE_CANCELLED,
        "may_publish": visit.stage in access.PUBLISHED,
    }


def _step(
    request: StaffRequest, visit: Visit, step: Step, missing: list[str], *, status: int = 200
) -> HttpResponse:
    is_next = step_from(visit.stage) == step
    context = {"visit": visit, "said": step_said(step), "missing": missing, "is_next": is_next}
    return render(request, "exchange/step.html", context, status=status)


def _choices(centre: Centre, visit: Visit | None = None) -> Choices:
    """What a visit may be joined to; what it is joined to already stays among them."""
    programmes, agreements = list(programmes_to_choose(centre)), agreements_to_choose(centre)
    staff: list[Person] = staff_of(centre)
    if visit is not None:
        known = visit.course.coordinator
        staff += [known] if known and known not in staff else []
        programmes += (
            [visit.programme] if visit.programme and visit.programme not in programmes else []
        )
        agreements += (
            [visit.agreement] if visit.agreement and visit.agreement not in agreements else []
        )
    return Choices(programmes, agreements, regions_between(centre), staff)
