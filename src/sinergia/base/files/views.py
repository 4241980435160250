"""Sending a file in pieces: own uploads only. The doors stand in `web/urls.py`.

POST /files/uploads/            purpose, name, size -> 201 {key, offset}
POST /files/uploads/KEY/?offset=N   the bytes from N on -> 200; 409 with the right offset
GET  /files/uploads/KEY/        where to go on
DELETE /files/uploads/KEY/      let go of it
"""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from sinergia.base.files import actions
from sinergia.base.files.adapters.store import StoreUnavailable
from sinergia.base.files.forms import BeginForm
from sinergia.base.files.http import accept
from sinergia.base.files.models import PURPOSES, Upload
from sinergia.base.files.queries import bytes_received, uploads_of
from sinergia.base.files.reading import clean_name, refuse_announced
from sinergia.base.files.templatetags.files import said_size
from sinergia.base.files.words import explain
from sinergia.engine.refusal import Gap, Refused

if TYPE_CHECKING:
    from sinergia.people.http import SignedInRequest


@require_POST
def begin(request: "SignedInRequest") -> HttpResponse:
    """Expect a file; what is too large or of another kind is refused before a byte is sent."""
    form = BeginForm(request.POST)
    if not form.is_valid():
        return _refused(Gap("file.gone"))
    purpose, size = PURPOSES[form.cleaned_data["purpose"]], form.cleaned_data["size"]
    name = clean_name(form.cleaned_data["name"])
    try:
        refuse_announced(name, size, purpose)
        upload = actions.begin_upload(
            purpose, name=name, size=size, actor=request.user, now=timezone.now()
        )
    except Refused as refusal:
        return _refused(refusal.gaps[0])
    return _told(upload, status=201)


@require_http_methods(["GET", "POST", "DELETE"])
def upload(request: "SignedInRequest", key: UUID) -> HttpResponse:
    """Take the next piece, say how many are here, or let go of all of them."""
    found = get_object_or_404(uploads_of(request.user, now=timezone.now()), key=key)
    if request.method == "POST":
        return _go_on(request, found)
    if request.method == "DELETE":
        actions.drop_upload(found, now=timezone.now())
        return HttpResponse(status=204)
    return _told(found)


def _go_on(request: "SignedInRequest", found: Upload) -> HttpResponse:
    offset = request.GET.get("offset", "")
    try:
        actions.add_piece(found, int(offset) if offset.isdecimal() else -1, request.body)
        if found.is_whole:
            found = accept(found, now=timezone.now())
    except actions.WrongPlace as fault:
        return JsonResponse({"offset": fault.offset}, status=409)
    except Refused as refusal:
        return _refused(refusal.gaps[0])
    except StoreUnavailable:
        # It is here all the same: the form sends its key, and storing is tried again.
        return _told(found, status=503, error=explain(Gap("file.store_down")))
    return _told(found)


def _told(found: Upload, *, status: int = 200, **more: str) -> JsonResponse:
    """Say where an upload stands."""
    named = found.file or found
    said = {
        "url": reverse("files:upload", args=[found.key]),
        "key": str(found.key),
        "offset": bytes_received(found),
        "is_accepted": found.file_id is not None,
        "said": f"{named.name}, {said_size(named.size)}",
    }
    return JsonResponse(said | more, status=status)


def _refused(gap: Gap) -> JsonResponse:
    return JsonResponse({"error": explain(gap)}, status=422)
