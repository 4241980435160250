"""Doors of those who work with the register, and the capacity in which somebody acts."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from sinergia.organisations.models import Centre
from sinergia.organisations.queries.roles import Capacity, capacities_of, centre_of
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


def for_staff(
    view: Callable[Concatenate[StaffRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let in whoever acts as staff; `request.centre` is the centre they act for.

    Who works at a centre but acts as somebody else is led in as staff of their first centre: a
    link in a letter must open. The page says in which capacity.
    """

    @wraps(view)
    def admitted(request: StaffRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        work = [one for one in capacities(request) if one.is_staff]
        if not work:
            raise PermissionDenied
        chosen = chosen_capacity(request)
        request.capacity = chosen if chosen is not None and chosen.is_staff else work[0]
        request.session[CHOSEN] = request.capacity.code
        request.centre = centre_of(request.capacity)
        return view(request, *args, **kwargs)

    guarded = login_required(admitted)
    guarded.door = "staff"  # type: ignore[attr-defined]  # the mark `doors` looks for
    return guarded


def for_loaders(
    view: Callable[Concatenate[SignedInRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let in staff of any centre, and administrators."""

    @wraps(view)
    def admitted(request: SignedInRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not any(one.is_staff or one.role == "administrator" for one in capacities(request)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    guarded = login_required(admitted)
    guarded.door = "loaders"  # type: ignore[attr-defined]  # the mark `doors` looks for
    return guarded
