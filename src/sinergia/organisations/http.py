"""Doors of those who work with the register, and the capacity in which somebody acts."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from sinergia.base.ui.templatetags.ui import inner_quotes
from sinergia.organisations.models import Centre, CentreStaff, Organisation
from sinergia.organisations.queries.roles import (
    ADMINISTRATOR,
    OFFICIAL,
    Capacity,
    capacities_of,
    centre_of,
)
from sinergia.people.http import SignedInRequest

P = ParamSpec("P")
CHOSEN = "capacity"  # the session's word for what was chosen


class StaffRequest(SignedInRequest):
    """A request of somebody who acts as staff of a centre."""

    centre: Centre
    capacity: Capacity


def capacities(request: HttpRequest) -> list[Capacity]:
    """Everything that whoever asks may be, read once a request; nothing for a visitor."""
    known: list[Capacity] | None = getattr(request, "_capacities", None)
    if known is None:
        person = request.user
        known = capacities_of(person) if person.is_authenticated else []
        request._capacities = known  # type: ignore[attr-defined]  # noqa: SLF001  # kept beside it
    return known


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
    """Let in whoever acts as staff; `request.centre` is the centre they act for.

    Who works at a centre but acts as somebody else is led in as staff of their first centre, and
    told so: a link in a letter must open. What this centre does not have, another one of theirs
    may: then the page offers to act there.
    """

    @wraps(view)
    def admitted(request: StaffRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        work = [one for one in capacities(request) if one.is_staff]
        if not work:
            raise PermissionDenied
        chosen = chosen_capacity(request)
        request.capacity = chosen if chosen is not None and chosen.is_staff else work[0]
        if request.capacity != chosen:
            told = _("You act for %(centre)s now: this page belongs to its work.")
            messages.info(request, told % {"centre": inner_quotes(request.capacity.name)})
        request.session[CHOSEN] = request.capacity.code
        request.centre = centre_of(request.capacity)
        try:
            return view(request, *args, **kwargs)
        except Http404:
            others = [one for one in work if one != request.capacity]
            if not others:
                raise
            back = request.get_full_path() if request.method == "GET" else ""
            context = {"others": others, "back": back}
            return render(request, "register/other_centre.html", context, status=404)

    guarded = login_required(admitted)
    guarded.door = "staff"  # type: ignore[attr-defined]  # the mark `doors` looks for
    return guarded


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
