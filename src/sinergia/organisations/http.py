"""Doors of those who work with the register, and the capacity in which somebody acts."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sinergia.base.ui.templatetags.ui import inner_quotes
from sinergia.organisations.models import Centre, CentreStaff, Organisation
from sinergia.organisations.queries.merging import home_of
from sinergia.organisations.queries.roles import (
    ADMINISTRATOR,
    OFFICIAL,
    Capacity,
    capacities_of,
    centre_of,
    kept_by,
)
from sinergia.people.http import SignedInRequest

P = ParamSpec("P")
CHOSEN = "capacity"  # the session's word for what was chosen


class StaffRequest(SignedInRequest):
    """A request of somebody who acts as staff of a centre."""

    centre: Centre
    capacity: Capacity


class KeeperRequest(SignedInRequest):
    """A request of staff of a centre, or of an administrator (centre: none)."""

    centre: Centre | None
    capacity: Capacity


class LedOn(Http404):
    """What was asked for stands under another address now. Whoever only reads is led there."""

    def __init__(self, former: UUID, home: UUID) -> None:
        super().__init__()
        self.former, self.home = former, home


class lead_on:  # noqa: N801  # named in settings, like Django's own functions
    """Middleware: from a former address of an organisation to the one it has."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; what a view raises comes next."""
        return self.respond(request)

    def process_exception(self, request: HttpRequest, raised: Exception) -> HttpResponse | None:
        """The same page of the organisation as it is now, with what stood behind the address."""
        match = request.resolver_match
        if not isinstance(raised, LedOn) or match is None or request.method not in ("GET", "HEAD"):
            return None
        named = {
            word: raised.home if key == raised.former else key for word, key in match.kwargs.items()
        }
        query = request.META.get("QUERY_STRING", "")
        address = reverse(match.view_name, kwargs=named) + (f"?{query}" if query else "")
        response = redirect(address, permanent=True)
        response.headers["Cache-Control"] = "no-store"  # a merge may be taken back
        return response


def found_by(rows: QuerySet[Organisation], key: UUID) -> Organisation:
    """The organisation of an address among those that the reader may see.

    Raises LedOn where it is there under another address; Http404 for what is hidden or missing.
    """
    found = rows.filter(key=key).first()
    if found is not None:
        return found
    home = home_of(key)
    if home is not None and rows.filter(pk=home.pk).exists():
        raise LedOn(key, home.key)
    raise Http404


def kept_organisation(request: KeeperRequest, key: UUID) -> Organisation:
    """An organisation that the centre keeps in the register, or an administrator does."""
    return found_by(kept_by(request.centre), key)


def capacities(request: HttpRequest) -> list[Capacity]:
    """Everything that whoever asks may be, read once a request; nothing for a visitor.

    Kept with whose it is: until the second proof is given, public pages know nobody.
    """
    person = request.user
    kept: tuple[int | None, list[Capacity]] | None = getattr(request, "_capacities", None)
    if kept is None or kept[0] != person.pk:
        kept = (person.pk, capacities_of(person) if person.is_authenticated else [])
        request._capacities = kept  # type: ignore[attr-defined]  # noqa: SLF001  # beside it
    return kept[1]


def chosen_capacity(request: HttpRequest) -> Capacity | None:
    """The capacity that was chosen, else the first one; none for who has no role."""
    known = capacities(request)
    wanted = request.session.get(CHOSEN, "") if known else ""
    return next((one for one in known if one.code == wanted), known[0] if known else None)


def choose_capacity(request: HttpRequest, code: str) -> Capacity | None:
    """Act in another capacity from now on; none where it is not theirs."""
    wanted = next((one for one in capacities(request) if one.code == code), None)
    if wanted is not None:
        request.session[CHOSEN] = wanted.code
    return wanted


def other_capacity(request: HttpRequest, place: Centre | Organisation) -> Capacity | None:
    """The capacity in which a page of `place` would be their own, where they act in another."""
    chosen = chosen_capacity(request)
    theirs = [one for one in capacities(request) if one.key == str(place.key)]
    return None if not theirs or chosen in theirs else theirs[0]


def acting_centre(request: HttpRequest) -> Centre | None:
    """The centre in whose name somebody loads; none for an administrator, who loads for all."""
    chosen = chosen_capacity(request)
    if chosen is None or not _is_staff_or_administrator(chosen):
        chosen = next(filter(_is_staff_or_administrator, capacities(request)), None)
    return centre_of(chosen) if chosen is not None and chosen.is_staff else None


def for_staff(
    view: Callable[Concatenate[StaffRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let in whoever acts as staff; `request.centre` is the centre they act for."""
    return _acting(view, "staff", lambda one: one.is_staff)


def for_keepers(
    view: Callable[Concatenate[KeeperRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let in whoever acts as staff, and administrators, for whom `request.centre` is none."""
    return _acting(view, "keepers", _is_staff_or_administrator)


def for_loaders(
    view: Callable[Concatenate[SignedInRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let in staff of any centre, and administrators."""
    return _guarded(view, "loaders", _is_staff_or_administrator)


def for_deciding(
    view: Callable[Concatenate[SignedInRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let in those who may have requests to answer: staff, and administrators."""
    return _guarded(view, "deciding", _is_staff_or_administrator)


def for_naming(
    view: Callable[Concatenate[SignedInRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let in those who name officials: heads of centres, and administrators."""
    roles = (CentreStaff.Role.HEAD, ADMINISTRATOR)
    return _guarded(view, "naming", lambda one: one.role in roles)


def for_comparing(
    view: Callable[Concatenate[SignedInRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let in those to whom regions stand side by side: staff, officials, administrators."""
    return _guarded(
        view, "comparing", lambda one: one.role == OFFICIAL or _is_staff_or_administrator(one)
    )


def _acting(
    view: Callable[..., HttpResponseBase], door: str, fits: Callable[[Capacity], bool]
) -> Callable[..., HttpResponseBase]:
    """Let in whoever acts in a fitting capacity, and note for which centre.

    Who holds one but acts in another is led in by their first, and told so: a link in a letter
    must open. What is not there in this one may be there in another of theirs: then the page
    offers to act so.
    """

    @wraps(view)
    def admitted(request: KeeperRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        work = list(filter(fits, capacities(request)))
        if not work:
            raise PermissionDenied
        chosen = chosen_capacity(request)
        request.capacity = chosen if chosen in work and chosen is not None else work[0]
        if request.capacity != chosen:
            messages.info(request, _told(request.capacity))
            request.session[CHOSEN] = request.capacity.code
        request.centre = centre_of(request.capacity) if request.capacity.is_staff else None
        try:
            return view(request, *args, **kwargs)
        except LedOn:
            raise
        except Http404:
            others = [one for one in work if one != request.capacity]
            if not others:
                raise
            back = request.get_full_path() if request.method == "GET" else ""
            context = {"others": others, "back": back}
            return render(request, "register/other_centre.html", context, status=404)

    guarded = login_required(admitted)
    guarded.door = door  # type: ignore[attr-defined]  # the mark `doors` looks for
    return guarded


def _told(capacity: Capacity) -> str:
    """In which capacity a page was opened that does not belong to the one before."""
    if not capacity.is_staff:
        return _("You act as an administrator of the site now: this page belongs to that work.")
    told = _("You act for %(centre)s now: this page belongs to its work.")
    named: str = inner_quotes(capacity.name)
    return told % {"centre": named}


def _is_staff_or_administrator(one: Capacity) -> bool:
    return one.is_staff or one.role == ADMINISTRATOR


def _guarded(
    view: Callable[Concatenate[SignedInRequest, P], HttpResponseBase],
    door: str,
    fits: Callable[[Capacity], bool],
) -> Callable[..., HttpResponseBase]:
    """Let in whoever holds a fitting capacity, whichever they act in."""

    @wraps(view)
    def admitted(request: SignedInRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not any(map(fits, capacities(request))):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    guarded = login_required(admitted)
    guarded.door = door  # type: ignore[attr-defined]  # the mark `doors` looks for
    return guarded
