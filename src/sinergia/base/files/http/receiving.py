"""What a form or the last piece brings: looked into, drawn anew where it is a picture, stored.

All of it happens before any transaction of a room begins, so none of them waits for the store.
"""

import logging
from datetime import datetime
from hashlib import file_digest
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.forms import Form
from django.utils.datastructures import MultiValueDict

from sinergia.base.files import actions
from sinergia.base.files.adapters import parts
from sinergia.base.files.adapters.store import StoreUnavailable, the_store
from sinergia.base.files.forms import Received, UploadField
from sinergia.base.files.models import PURPOSES, Purpose, StoredFile, Upload
from sinergia.base.files.queries import bytes_received, upload_by
from sinergia.base.files.reading import Redrawn, clean_name, inspect, redraw, refuse_announced
from sinergia.base.files.words import explain
from sinergia.base.journal.actions import Keyed
from sinergia.engine.refusal import Gap, Refused

if TYPE_CHECKING:
    from sinergia.people.http import SignedInRequest

log = logging.getLogger(__name__)


def receive(
    request: "SignedInRequest", form: type[Form], *, now: datetime, prefix: str = ""
) -> "MultiValueDict[str, UploadedFile[bytes]] | None":
    """Take in what was sent for the UploadFields of a form; give it what it is bound to.

    Each file is stored or refused when this returns; the field only says how it ended. Ask first
    whether this person may send anything here at all.
    """
    if request.method != "POST":
        return None
    given = request.FILES.copy()
    for name, field in form.base_fields.items():
        if isinstance(field, UploadField):
            at = f"{prefix}-{name}" if prefix else name
            given.pop(at, None)
            received = _received(request, at, field.purpose, now=now)
            if received is not None:
                given[at] = received
    return given


def receive_many(
    request: "SignedInRequest", name: str, purpose: Purpose, *, now: datetime
) -> list[tuple[str, Received]]:
    """Take in every file that was sent under one name; each is stored, or says why it is not."""
    return [
        (clean_name(one.name or ""), _from_form(one, purpose, actor=request.user, now=now))
        for one in request.FILES.getlist(name)
    ]


def accept(upload: Upload, *, now: datetime) -> Upload:
    """Look through an upload whose bytes are all here, and store it; done twice it is done once.

    Of two requests at once one waits for the other.
    Raises Refused where the file is not fit, and lets go of it; StoreUnavailable where it is
    and could not be stored: try again with the same upload.
    """
    if upload.file_id is not None:
        return upload
    with parts.opened_alone(upload.key, waits=True):
        return _accept_alone(upload, now=now)


def _accept_alone(upload: Upload, *, now: datetime) -> Upload:
    try:
        if bytes_received(upload) != upload.size:
            raise Refused([Gap("file.gone")])
        with TemporaryDirectory(dir=parts.folder()) as folder:
            file = _stored(upload, Path(folder), now=now)
    except Refused:
        accepted = actions.refuse_upload(upload, now=now)
        if accepted is None:
            raise
        return accepted
    try:
        return actions.accept_upload(upload, file)
    except Refused:
        the_store().remove(file.place)
        the_store().remove(file.small_place)
        raise


def _received(
    request: "SignedInRequest", at: str, purpose: Purpose, *, now: datetime
) -> Received | None:
    """Take a file from the form itself, or the one that came before it; the form's goes first."""
    file = request.FILES.get(at)
    if file is not None:
        return _from_form(file, purpose, actor=request.user, now=now)
    key = request.POST.get(f"{at}-sent", "")
    if not key or f"{at}-drop" in request.POST:
        return None
    upload = upload_by(key, request.user, now=now)
    if upload is None or upload.purpose != purpose.code:
        return Received(None, said=explain(Gap("file.gone")))
    return _ended(upload, now=now)


def _from_form(
    file: "UploadedFile[bytes]", purpose: Purpose, *, actor: Keyed, now: datetime
) -> Received:
    """Take in a file that came whole with its form."""
    name, size = clean_name(file.name or ""), file.size or 0
    try:
        refuse_announced(name, size, purpose)
    except Refused as refusal:
        return Received(None, said=explain(refusal.gaps[0]))
    if not file.read(1):  # thrown away on the wire: together with others it was too much
        limit: int = settings.UPLOAD_LIMIT_BYTES
        return Received(None, said=explain(Gap("file.form_too_large", values={"limit": limit})))
    file.seek(0)
    try:
        upload = actions.begin_upload(purpose, name=name, size=size, actor=actor, now=now)
    except Refused as refusal:
        return Received(None, said=explain(refusal.gaps[0]))
    return _ended(actions.fill_upload(upload, file.chunks()), now=now)


def _ended(upload: Upload, *, now: datetime) -> Received:
    """Say how an upload ended."""
    try:
        return Received(accept(upload, now=now))
    except Refused as refusal:
        return Received(None, said=explain(refusal.gaps[0]))
    except StoreUnavailable as fault:
        log.warning("the store of files did not take an upload: %s", fault)
        return Received(upload, said=explain(Gap("file.store_down")))


def _stored(upload: Upload, folder: Path, *, now: datetime) -> StoredFile:
    """Look through the file, put it into the store and describe it; no row is written yet."""
    path = parts.path_of(upload.key)
    kind = inspect(path, upload.name, PURPOSES[upload.purpose])
    picture = redraw(path, kind, folder) if kind.family == "picture" else None
    whole = picture.whole if picture else path
    file = StoredFile(
        place=upload.place,
        name=_renamed(upload.name, picture),
        kind=picture.kind.media if picture else kind.media,
        size=whole.stat().st_size,
        digest=_digest_of(whole),
        actor_key=upload.actor_key,
        made_at=now,
    )
    the_store().put(file.place, whole)
    if picture:
        file.width, file.height = picture.width, picture.height
    if picture and picture.small:
        file.small_size = picture.small.stat().st_size
        the_store().put(file.small_place, picture.small)
    return file


def _renamed(name: str, picture: Redrawn | None) -> str:
    """Give a picture the ending of what it has been drawn anew as."""
    return f"{PurePosixPath(name).stem}.{picture.kind.extension}" if picture else name


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
