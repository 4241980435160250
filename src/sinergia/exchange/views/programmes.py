"""Pages of programmes of exchange: their list, each one's page, writing them."""

from functools import partial
from typing import get_args
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sinergia.base.tables.paging import Order, page_of
from sinergia.base.ui.acting import form_page, tell_gaps
from sinergia.engine.refusal import Refused
from sinergia.exchange import access
from sinergia.exchange.actions import programmes as actions
from sinergia.exchange.actions.shelving import Shelf
from sinergia.exchange.forms.programmes import ProgrammeForm
from sinergia.exchange.http import our_programme
from sinergia.exchange.models import Programme
from sinergia.exchange.queries.agreements import agreements_seen_by
from sinergia.exchange.queries.programmes import aims_of, looked_at_from, programmes_seen_by
from sinergia.exchange.queries.timeline import visits_within
from sinergia.exchange.words import explain
from sinergia.exchange.words.tabs import rooms_said
from sinergia.organisations.forms.opened import is_saved
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.people.http import for_everyone, reader_of
from sinergia.people.models import Person

FEW = 50  # visits and agreements on a programme's page; their lists have all


@require_safe
@for_everyone
def programmes(request: HttpRequest) -> HttpResponse:
    """Programmes that everybody sees, and those of one's centre."""
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    rows = programmes_seen_by(reader_of(request))
    page = page_of(rows, order=Order("name_folded"), after=after, before=before)
    context = {"page": page, "tabs": rooms_said("programmes")}
    return render(request, "exchange/programmes.html", context)


@require_safe
@for_everyone
def programme(request: HttpRequest, key: UUID) -> HttpResponse:
    """A programme: its sides, aims, agreements and visits, as far as the reader may see them."""
    reader = reader_of(request)
    found = programmes_seen_by(reader).filter(key=key).first()
    if found is None:
        raise Http404
    is_ours = reader is not None and access.may_keep(reader, found.centre)
    context = _followed(found, reader) | {
        "programme": found,
        "is_ours": is_ours,
        "aims": list(aims_of(found)),
        "looked_at_from": looked_at_from(found),
        "may_judge": is_ours and looked_at_from(found) <= timezone.localdate(),
    }
    return render(request, "exchange/programme.html", context)


@require_http_methods(["GET", "POST"])
@for_staff
def new(request: StaffRequest) -> HttpResponse:
    """Begin a programme."""
    form = ProgrammeForm(request.POST or None)
    made: list[Programme] = []
    write = partial(actions.write_programme, request.centre, actor=request.user)

    if is_saved(
        form, lambda *given, **seen: made.append(write(*given, **seen, now=timezone.now())), explain
    ):
        messages.success(
            request, _("The programme is begun. Nobody outside the centre sees it yet.")
        )
        return redirect("exchange:programme", made[0].key)
    return form_page(request, "exchange/programme_form.html", form)


@require_http_methods(["GET", "POST"])
@for_staff
def change(request: StaffRequest, key: UUID) -> HttpResponse:
    """Write a programme anew."""
    found = our_programme(request, key)
    initial = {name: getattr(found, name) for name in actions.FIELDS}
    form = ProgrammeForm(request.POST or None, initial=initial)
    write = partial(actions.write_programme, found.centre, programme=found, actor=request.user)
    if is_saved(form, partial(write, now=timezone.now()), explain):
        messages.success(request, _("Saved."))
        return redirect("exchange:programme", key)
    return form_page(request, "exchange/programme_form.html", form, programme=found)


@require_POST
@for_staff
def shelve(request: StaffRequest, key: UUID, shelf: str) -> HttpResponse:
    """Show a programme to everybody or not, put it away, take it back."""
    found, wanted = our_programme(request, key, with_removed=True), shelf_named(shelf)
    try:
        actions.shelve_programme(found, wanted, actor=request.user, now=timezone.now())
    except Refused as refusal:
        tell_gaps(request, refusal, explain)
    else:
        messages.success(request, shelved_said(wanted))
    return redirect("exchange:programme", key)


def shelf_named(word: str) -> Shelf:
    """What an address asks to do; there is nothing else behind it."""
    wanted: dict[str, Shelf] = {one.replace("_", "-"): one for one in get_args(Shelf)}
    if word not in wanted:
        raise Http404
    return wanted[word]


def shelved_said(shelf: Shelf) -> str:
    """What has happened."""
    told = {
        "publish": _("Everybody sees it from now on."),
        "hide": _("It is not shown to everybody any more."),
        "put_away": _("It is put away; you can take it back here."),
        "take_back": _("It is taken back."),
    }
    return told[shelf]


def _followed(programme: Programme, reader: Person | None) -> dict[str, object]:
    """Agreements and visits of a programme, as far as the reader may see them."""
    agreements = agreements_seen_by(reader).filter(programme=programme, removed_at=None)
    return {
        "agreements": list(agreements.order_by("-signed_on", "-pk")[:FEW]),
        "visits": list(visits_within(programme, reader)[:FEW]),
        "today": timezone.localdate(),
        "centres": access.centres_of(reader),
    }
