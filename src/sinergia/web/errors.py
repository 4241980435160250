"""Pages for what went wrong: what happened, what to do, and a number to name it by."""

import logging
import secrets
import sys
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from sinergia.engine.project import Broken
from sinergia.people.http import sent_back

log = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what came could not be read, or was too much at once."""
    return _page(request, 400, is_too_much=isinstance(exception, RequestDataTooBig))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is stale: ask to send it again.

    A page of texts that comes from here itself comes back whole: signing in again has changed the
    token. What another site sends is not offered to be sent by a click.
    """
    is_ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if is_ours and "versions" in request.POST:
        return sent_back(request, HTTPStatus.FORBIDDEN)
    return _page(request, 403, is_stale=True)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: theirs to see, but not to do."""
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: missing and hidden look alike."""
    return _page(request, 404)


def too_often(request: HttpRequest) -> HttpResponse:
    """429: too many attempts in a short while."""
    return _page(request, 429)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our mistake, with a number that stands in the log; or what is frozen was changed."""
    number = secrets.token_hex(4)
    log.error("error page %s", number)
    is_changed = isinstance(sys.exception(), Broken)
    context = {"status": 500, "number": number, "is_changed": is_changed}
    return HttpResponse(render_to_string("errors/500.html", context), status=500)


def _page(request: HttpRequest, status: int, **told: bool) -> HttpResponse:
    context = {"status": status, **told}
    return HttpResponse(render_to_string(f"errors/{status}.html", context, request), status=status)
