"""Doors: every page says who may come in; a page that says nothing is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from sinergia.people.access import may_administer
from sinergia.people.models import Person

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


class SignedInRequest(HttpRequest):
    """A request whose person is known."""

    user: Person


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part; going back in history asks for the whole page."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in headers


def for_everyone(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """Let anybody in."""

    @wraps(view)
    def open_view(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(*args, **kwargs)

    open_view.door = "everyone"  # type: ignore[attr-defined]  # the mark `doors` looks for
    return open_view


def for_signed_in(
    view: Callable[Concatenate[SignedInRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let in whoever has signed in; send others to the sign-in page and back."""
    guarded = login_required(view)
    guarded.door = "signed_in"  # type: ignore[attr-defined]  # the mark `doors` looks for
    return guarded


def for_administrators(
    view: Callable[Concatenate[SignedInRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let in administrators; whoever is signed in without that right learns who can help."""

    @wraps(view)
    def admitted(request: SignedInRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not may_administer(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    guarded = login_required(admitted)
    guarded.door = "administrators"  # type: ignore[attr-defined]  # the mark `doors` looks for
    return guarded


class doors:  # noqa: N801  # named in settings as a verb's noun, like Django's own functions
    """Middleware: an address without a door answers as if it did not exist."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; the look at the view comes next."""
        return self.respond(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: list[object],
        kwargs: dict[str, object],
    ) -> None:
        """Refuse what nobody has opened."""
        if not hasattr(view, "door"):
            raise Http404
