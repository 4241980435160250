"""What every answer carries: headers, and the zone its moments are shown in."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_vary_headers

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


def zone_of_the_place(respond: Respond) -> Respond:
    """Show moments in the zone of the centre, organisation or region the reader acts for."""

    def answer(request: HttpRequest) -> HttpResponse:
        chosen = chosen_capacity(request) if request.user.is_authenticated else None
        with timezone.override(chosen.zone if chosen and chosen.zone else None):
            return respond(request)

    return answer
