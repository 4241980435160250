"""Giving a file out: by a room's view that has asked who may have it, never by a public address."""

import logging
import re
from collections.abc import Iterator, Mapping
from itertools import chain

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header

from sinergia.base.files.adapters.store import StoreUnavailable, the_store
from sinergia.base.files.models import StoredFile

PUBLIC_SECONDS = 600  # a picture taken back may be seen so much longer in somebody's browser
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")

log = logging.getLogger(__name__)


def respond_with(
    file: StoredFile,
    *,
    as_name: str = "",
    is_inline: bool = False,
    is_small: bool = False,
    asked: Mapping[str, str] | None = None,
) -> HttpResponseBase:
    """Give out a file's bytes. The room has asked before whether this person may have them.

    as_name: what it is called on the reader's side, if not as whoever sent it called it.
    is_inline: shown in a page; pictures alone, everything else is only ever saved.
    is_small: of a picture the version of 640 pixels, where there is one.
    asked: the request's headers, so that a download that broke off goes on where it was.
    """
    place, size = file.place, file.size
    if is_small and file.small_size:
        place, size = file.small_place, file.small_size
    tag = f'"{place.rpartition("/")[2]}"'
    span = _span(asked or {}, tag, size)
    if span is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, length = span
    try:
        response = _streamed(the_store().pieces(place, start=start, length=length), file.kind)
    except StoreUnavailable as fault:
        log.error("file %s cannot be given out: %s", file.key, fault)
        page = render_to_string("errors/503.html", {"status": 503})
        return HttpResponse(page, status=503, headers={"Retry-After": "60"})
    if length < size:
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{start + length - 1}/{size}"
    response["Content-Length"] = str(length)
    response["ETag"] = tag
    is_shown = is_inline and file.is_picture
    response["Content-Disposition"] = (
        content_disposition_header(not is_shown, as_name or file.name) or "attachment"
    )
    _guard(response, is_public=file.is_public)
    return response


def _streamed(pieces: Iterator[bytes], kind: str) -> StreamingHttpResponse:
    """Begin when the first bytes are here: until then a page can still say that they are not."""
    first = next(pieces, b"")
    return StreamingHttpResponse(chain([first], pieces), content_type=kind)


def _guard(response: HttpResponseBase, *, is_public: bool) -> None:
    """Let a browser do nothing with it but save it or draw it."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = (
        f"public, max-age={PUBLIC_SECONDS}" if is_public else "private, no-store"
    )
    response["Accept-Ranges"] = "bytes"
    # It is packed already, and parts of it must stay parts: no compression on the way.
    response["Content-Encoding"] = "identity"


def _span(asked: Mapping[str, str], tag: str, size: int) -> tuple[int, int] | None:
    """Give start and length of what is asked for (RFC 9110, 14.2); None where there is no such.

    Several parts at once, or a part of what has changed since: all of it.
    """
    found = _RANGE.fullmatch(asked.get("Range", "").strip())
    if not found or found.groups() == ("", "") or asked.get("If-Range", tag) != tag:
        return 0, size
    first, last = found.groups()
    if not first:
        length = min(int(last), size)
        return (size - length, length) if length else None
    start, end = int(first), min(int(last or size), size - 1)
    return (start, end - start + 1) if start <= end else None
