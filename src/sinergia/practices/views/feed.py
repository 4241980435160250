"""Our practices for other installations: the feed, its schema, the key that signs reports."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from sinergia.engine.practice.feed import schema_of_feed
from sinergia.people.http import for_everyone
from sinergia.practices.queries.feed import last_change
from sinergia.practices.words.feed import key_page, page_after, written

JSON = "application/json; charset=utf-8"


@require_safe
@for_everyone
def feed(request: HttpRequest) -> HttpResponseBase:
    """Changes behind the number of the address, the oldest first; 304 where nothing is new."""
    asked = request.GET.get("after", "")
    after = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= 15 else 0
    content, at = page_after(after), last_change()[1]
    response = HttpResponse(content, content_type=JSON)
    response.headers["ETag"] = etag = f'"{sha256(content).hexdigest()}"'
    modified = int(at.timestamp()) if at is not None else None
    if modified is not None:
        response.headers["Last-Modified"] = http_date(modified)
    return get_conditional_response(request, etag, modified, response) or response


@require_safe
@for_everyone
def schema(_request: HttpRequest) -> HttpResponse:
    """The JSON Schema of a page of the feed."""
    return HttpResponse(written(schema_of_feed()), content_type="application/schema+json")


@require_safe
@for_everyone
def key(_request: HttpRequest) -> HttpResponse:
    """The public key with which this site signs what it reports."""
    return HttpResponse(key_page(), content_type=JSON)
