"""The delegation of a visit: its list in protocol order, its rows, its papers."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.asking import read_key
from sinergia.base.tables.sent import table_response
from sinergia.base.ui.acting import form_page, tell_gaps
from sinergia.engine.refusal import Refused
from sinergia.exchange import access
from sinergia.exchange.actions import delegation as actions
from sinergia.exchange.actions.own import take_own_place
from sinergia.exchange.forms.delegation import DelegateForm
from sinergia.exchange.http import our_visit, visit_of
from sinergia.exchange.models import Delegate, Visit
from sinergia.exchange.papers import lists as papers
from sinergia.exchange.queries.bodies import meant_by
from sinergia.exchange.queries.delegation import (
    delegates_of,
    note_invitations,
    towns_of,
    travelling,
)
from sinergia.exchange.views.reaching import standing_of, tabs_of
from sinergia.exchange.words import explain
from sinergia.organisations.forms.opened import is_saved
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.places.queries import municipalities_of

STEPS = {"up": -1, "down": 1}
VERBS = {"lead": actions.name_lead, "off": actions.let_off, "on": actions.take_on_again}
VERBS |= {"me": take_own_place}


@require_GET
@for_signed_in
def delegation(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Everybody who travels, by towns in protocol order."""
    visit = visit_of(request, key)
    known = standing_of(request.user, visit)
    if not known.is_inside:
        raise Http404
    rows, prepares = list(delegates_of(visit)), known.prepares
    if prepares:
        note_invitations(rows, now=timezone.now())
    context = {
        "visit": visit,
        "tabs": tabs_of(request, visit, "delegation", known),
        "prepares": prepares,
        "may_change": prepares and visit.stage not in actions.CLOSED,
    }
    context |= _parted(rows, prepares=prepares) | _sees(request, visit, prepares=prepares)
    return render(request, "exchange/delegation.html", context)


def _parted(rows: Sequence[Delegate], *, prepares: bool) -> dict[str, object]:
    """Those who travel, by towns; those who do not after all, for whoever prepares it."""
    return {
        "towns": towns_of([one for one in rows if one.gone_at is None]),
        "gone": [one for one in rows if one.gone_at is not None] if prepares else [],
    }


@require_GET
@for_signed_in
def printed(request: SignedInRequest, key: UUID, paper: str) -> HttpResponse:
    """The list of the delegation, or of attendance, to be printed."""
    visit = _inside(request, key)
    if paper not in ("list", "attendance"):
        raise Http404
    with_phones = "phones" in request.GET and _sees_reach(request, visit)
    context = {
        "visit": visit,
        "rows": list(travelling(visit)),
        "is_attendance": paper == "attendance",
        "with_phones": with_phones,
        "sees_reach": _sees_reach(request, visit),
    }
    return render(request, "exchange/printed.html", context)


@require_GET
@for_signed_in
def export(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The list of the delegation as a workbook."""
    visit = _inside(request, key)
    towns, with_phones = towns_of(list(travelling(visit))), _sees_reach(request, visit)
    head = papers.delegation_head(with_phones=with_phones)
    lines = papers.delegation_lines(towns, with_phones=with_phones)
    return table_response("delegation.xlsx", head, lines, sheet=_("Delegation"))


@require_http_methods(["GET", "POST"])
@for_staff
def new(request: StaffRequest, key: UUID) -> HttpResponse:
    """Write down somebody who travels."""
    visit = our_visit(request, key)
    form = _form(request, visit)
    if _is_written(request, visit, form):
        messages.success(request, _("Written down: now send the invitation."))
        return redirect("exchange:delegation", key)
    return form_page(request, "exchange/delegate_form.html", form, visit=visit)


@require_http_methods(["GET", "POST"])
@for_staff
def change(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """Write somebody anew."""
    visit = our_visit(request, key)
    found = _delegate(visit, row)
    form = _form(request, visit, found)
    if _is_written(request, visit, form, found):
        messages.success(request, _("Saved."))
        return redirect("exchange:delegation", key)
    return form_page(request, "exchange/delegate_form.html", form, visit=visit, row=found)


@require_POST
@for_staff
def move(request: StaffRequest, key: UUID, row: UUID) -> HttpResponse:
    """Put somebody higher or lower within their town."""
    found = _delegate(our_visit(request, key), row)
    step = STEPS.get(request.POST.get("step", ""), 0)
    _said(request, partial(actions.move_delegate, found, step), told="")
    return redirect(reverse("exchange:delegation", args=[key]) + f"#who-{row}")


@require_POST
@for_staff
def move_town(request: StaffRequest, key: UUID) -> HttpResponse:
    """Put a town higher or lower among the towns."""
    visit, typed = our_visit(request, key), request.POST.get("town", "")
    step = STEPS.get(request.POST.get("step", ""), 0)
    town = read_key(typed)
    if typed and town is None:
        raise Http404
    _said(request, partial(actions.move_town, visit, town, step), told="")
    return redirect("exchange:delegation", key)


@require_POST
@for_staff
def act(request: StaffRequest, key: UUID, row: UUID, verb: str) -> HttpResponse:
    """Name who leads the delegation; let somebody off, take them on again."""
    found = _delegate(our_visit(request, key), row)
    if verb not in VERBS:
        raise Http404
    told = {
        "lead": _("The head of the delegation is named."),
        "off": _("Does not travel; stands below and can be taken on again."),
        "on": _("Travels again."),
        "me": _("The place is yours: you have a page of the visit of your own now."),
    }
    _said(request, partial(VERBS[verb], found), told=told[verb])
    return redirect("exchange:delegation", key)


def _inside(request: SignedInRequest, key: UUID) -> Visit:
    """A visit whose delegation by name somebody may read."""
    visit = visit_of(request, key)
    if not access.may_read_inside(request.user, visit):
        raise Http404
    return visit


def _sees(request: SignedInRequest, visit: Visit, *, prepares: bool) -> dict[str, bool]:
    """What of the rows somebody sees beside the names."""
    return {
        "sees_reach": prepares or access.is_lead(request.user, visit),
        "sees_travel": access.may_see_travel(request.user, visit),
    }


def _sees_reach(request: SignedInRequest, visit: Visit) -> bool:
    return access.may_prepare(request.user, visit) or access.is_lead(request.user, visit)


def _delegate(visit: Visit, row: UUID) -> Delegate:
    found: Delegate = get_object_or_404(delegates_of(visit), key=row)
    return found


def _form(request: StaffRequest, visit: Visit, found: Delegate | None = None) -> DelegateForm:
    towns = list(municipalities_of(visit.from_region))
    initial: dict[str, object] = {}
    if found is not None:
        names = ("name", "post", "phone", "email", "told_by")
        town, of = found.municipality, found.organisation
        towns += [town] if town and town not in towns else []
        initial = {name: getattr(found, name) for name in names}
        initial |= {
            "body": of.name if of else found.body,
            "municipality": str(town.key) if town else "",
        }
    find = partial(meant_by, centre=request.centre)
    return DelegateForm(find, towns, request.POST or None, initial=initial)


def _is_written(
    request: StaffRequest, visit: Visit, form: DelegateForm, found: Delegate | None = None
) -> bool:
    write = partial(
        actions.write_delegate, visit, delegate=found, actor=request.user, now=timezone.now()
    )

    def save(given: actions.Given, *, seen: actions.Given | None) -> None:
        write(given, seen=seen, is_namesake=form.cleaned_data["is_namesake"])

    if is_saved(form, save, explain):
        return True
    if form.is_bound and "name" in form.errors:
        form.ask_of_namesake()
    return False


def _said(request: StaffRequest, act: Callable[..., object], *, told: str) -> None:
    """Act, and tell what became of it."""
    try:
        act(actor=request.user, now=timezone.now())
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
    else:
        if told:
            messages.success(request, told)
