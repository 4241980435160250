"""Pages of lists of people in protocol order."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sinergia.base.asking import key_text
from sinergia.base.tables.paging import Order, page_of
from sinergia.base.tables.sent import TABLES, table_response
from sinergia.engine.refusal import Refused
from sinergia.organisations import papers
from sinergia.organisations.actions import contacts as actions
from sinergia.organisations.forms.contacts import ListForm, PutForm
from sinergia.organisations.http import StaffRequest, for_staff
from sinergia.organisations.models import ContactList
from sinergia.organisations.queries.contacts import (
    OFFERED,
    ContactFilter,
    lists_of,
    not_on,
    page_listed,
    page_start,
    rows_of,
)
from sinergia.organisations.views.saving import is_saved
from sinergia.organisations.words import explain


@require_http_methods(["GET", "POST"])
@for_staff
def lists(request: StaffRequest) -> HttpResponse:
    """The centre's lists, and beginning a new one."""
    form = ListForm(request.POST or None)
    make = partial(actions.make_list, request.centre, actor=request.user, now=timezone.now())
    if form.is_valid() and is_saved(form, make):
        messages.success(request, _("The list is begun: open it and put people on it."))
        return redirect("register:contact_lists")
    page = page_of(
        lists_of(request.centre),
        order=Order("name"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    status = 422 if form.is_bound else 200
    context = {"page": page, "form": form}
    return render(request, "register/contacts/lists.html", context, status=status)


@require_GET
@for_staff
def listing(request: StaffRequest, key: UUID) -> HttpResponse:
    """A list in its order, and whom to put on it."""
    return _page(request, _listing(request, key))


@require_GET
@for_staff
def printed(request: StaffRequest, key: UUID) -> HttpResponse:
    """The whole list in its order, to be printed."""
    found = _listing(request, key)
    context = {"listing": found, "rows": rows_of(found)}
    return render(request, "register/contacts/print_list.html", context)


@require_POST
@for_staff
def put(request: StaffRequest, key: UUID) -> HttpResponse:
    """Put somebody on a list: at its end, or where their rank says."""
    found = _listing(request, key)
    named = key_text(request.POST.get("who", "").partition(":")[0])
    picked = not_on(found, ContactFilter()).filter(key=named) if named else []
    form = PutForm(picked, request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    contact, post = form.chosen()
    try:
        actions.put_on_list(found, contact, post, actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, explain(refusal.gaps[0].code))
    return _back(found, page_start(found, contact.key))


@require_POST
@for_staff
def move(request: StaffRequest, key: UUID, contact: UUID) -> HttpResponse:
    """Give somebody another place: the one typed, or one step up or down by a button."""
    found = _listing(request, key)
    place = request.POST.get("step") or request.POST.get("to", "")
    if not (place.isascii() and place.isdecimal() and len(place) < 6):
        messages.error(request, _("A place is a whole number: 1 is the first."))
        return _back(found, page_start(found, contact))
    try:
        actions.move_on_list(found, contact, int(place), actor=request.user, now=timezone.now())
    except Refused as refusal:
        for gap in refusal.gaps:
            messages.error(request, explain(gap.code))
    return _back(found, page_start(found, contact))


@require_POST
@for_staff
def by_rank(request: StaffRequest, key: UUID) -> HttpResponse:
    """Put a list in order of rank."""
    said = _("The list is in order of rank. The order before can be restored.")
    return _ordered(request, key, actions.order_by_rank, said)


@require_POST
@for_staff
def restore(request: StaffRequest, key: UUID) -> HttpResponse:
    """Bring back the order before."""
    return _ordered(request, key, actions.restore_order, _("The order before is back."))


@require_POST
@for_staff
def take_off(request: StaffRequest, key: UUID, contact: UUID) -> HttpResponse:
    """Take somebody off a list."""
    found = _listing(request, key)
    start = page_start(found, contact)
    actions.take_off_list(found, contact, actor=request.user, now=timezone.now())
    messages.success(request, _("Taken off the list; among the contacts they stay."))
    return _back(found, start)


@require_http_methods(["GET", "POST"])
@for_staff
def remove(request: StaffRequest, key: UUID) -> HttpResponse:
    """Ask once more, then take a list away."""
    found = _listing(request, key)
    if request.method == "GET":
        return render(request, "register/contacts/remove_list.html", {"listing": found})
    actions.remove_list(found, actor=request.user, now=timezone.now())
    messages.success(request, _("The list is removed; its people stay among the contacts."))
    return redirect("register:contact_lists")


@require_GET
@for_staff
def export(request: StaffRequest, key: UUID, form: str) -> HttpResponse:
    """A list in its order, as a file."""
    if form not in TABLES:
        raise Http404
    found = _listing(request, key)
    head, lines = papers.contacts_head(), papers.contact_lines(rows_of(found))
    return table_response(f"list.{form}", head, lines, sheet=found.name)


def _listing(request: StaffRequest, key: UUID) -> ContactList:
    found: ContactList = get_object_or_404(lists_of(request.centre), key=key)
    return found


def _ordered(
    request: StaffRequest, key: UUID, order: Callable[..., None], said: str
) -> HttpResponse:
    found = _listing(request, key)
    try:
        order(found, actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, explain(refusal.gaps[0].code))
        return redirect("register:contact_lists")
    messages.success(request, said)
    return _back(found, "")


def _page(
    request: StaffRequest, found: ContactList, refused: PutForm | None = None
) -> HttpResponse:
    """One page of a list, and a few of those who may be put on it: all, or those asked for."""
    asked = ContactFilter.from_query({"q": request.GET.get("q", "")})
    offered = list(not_on(found, asked)[: OFFERED + 1])
    form = PutForm(offered[:OFFERED], *([refused.data] if refused else []))
    page, before = page_listed(found, request.GET.dict())
    context = {
        "listing": found,
        "page": page,
        "before": before,
        "total": rows_of(found).count(),
        "form": form,
        "asked": asked,
        "is_more": len(offered) > OFFERED,
    }
    status = 422 if refused else 200
    return render(request, "register/contacts/listing.html", context, status=status)


def _back(found: ContactList, start: str) -> HttpResponse:
    """To the page of a list that begins after a key."""
    url = reverse("register:contact_list", args=[found.key])
    return redirect(f"{url}?after={start}" if start else url)
