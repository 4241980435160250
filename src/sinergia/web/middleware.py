"""Headers that every answer carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

Respond = Callable[[HttpRequest], HttpResponse]


def cache_headers(respond: Respond) -> Respond:
    """Part pages from their fragments; keep nothing of the signed-in on shared machines."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        patch_vary_headers(response, ["HX-Request"])
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer
