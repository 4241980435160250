"""What every answer carries: headers, and the zone its moments are shown in."""

from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, override

from sinergia.organisations.http import chosen_capacity

Respond = Callable[[HttpRequest], HttpResponse]


def cache_headers(respond: Respond) -> Respond:
    """Part pages from their fragments; keep nothing of the signed-in on shared machines.

    A wrong verb, which Django answers with an empty page, gets the page that says what to do.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            response.content = render_to_string("errors/405.html", {"status": 405}, request)
        patch_vary_headers(response, ["HX-Request"])
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer


def zone_of_the_place(
    respond: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Show moments in the zone of the centre, organisation or region the reader acts for.

    What goes out piece by piece is written after this has returned: each piece in that zone, too.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        chosen = chosen_capacity(request) if request.user.is_authenticated else None
        zone = chosen.zone if chosen and chosen.zone else None
        with timezone.override(zone):
            response = respond(request)
        pieces = getattr(response, "streaming_content", None)
        if isinstance(response, StreamingHttpResponse) and isinstance(pieces, Iterator):
            response.streaming_content = _told_in(zone, get_language(), pieces)
        return response

    return answer


def _told_in(zone: str | None, language: str | None, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Have each piece written as the page would be; between them another reader may be served."""
    rest = iter(pieces)
    while True:
        with timezone.override(zone), override(language):
            piece = next(rest, None)
        if piece is None:
            return
        yield piece
