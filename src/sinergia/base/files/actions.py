"""Changes of files and uploads. None of them waits for the store: bytes go before or after."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from django.db import transaction

from sinergia.base.errands.actions import promise
from sinergia.base.files.adapters import parts
from sinergia.base.files.adapters.disk import LEAST_FREE_BYTES, free_bytes
from sinergia.base.files.models import Purpose, StoredFile, Upload
from sinergia.base.files.queries import bytes_received
from sinergia.base.journal.actions import Keyed, record
from sinergia.engine.refusal import Gap, Refused

GONE = Gap("file.gone")
LIFE = timedelta(hours=24)  # of an upload that no room has kept
MOST_UPLOADS = 50  # of one person at a time; the oldest make room
MOST_BYTES = 500 * 1024 * 1024  # of one person's that no room has kept; the oldest make room


class WrongPlace(Exception):  # noqa: N818  # an answer to whoever sends, with the right place
    """A piece does not begin where the last one ended. offset: where it should, in bytes."""

    def __init__(self, offset: int) -> None:
        super().__init__(str(offset))
        self.offset = offset


@transaction.atomic
def begin_upload(purpose: Purpose, *, name: str, size: int, actor: Keyed, now: datetime) -> Upload:
    """Expect a file of `size` bytes from `actor`. Raises Refused where the disk is nearly full."""
    if free_bytes() < LEAST_FREE_BYTES + size:
        raise Refused([Gap("file.disk_full")])
    _end_uploads(_to_make_room(actor, size, now=now), now=now)
    return Upload.objects.create(
        actor_key=actor.key,
        purpose=purpose.code,
        name=name,
        size=size,
        made_at=now,
        ends_at=now + LIFE,
    )


def _to_make_room(actor: Keyed, size: int, *, now: datetime) -> list[int]:
    """Which uploads of one person are too many beside a new one of `size` bytes."""
    own = Upload.objects.filter(actor_key=actor.key, ends_at__gt=now).order_by("-pk")
    left, older = MOST_BYTES - size, []
    for place, (pk, its_size, kept_at) in enumerate(
        own.values_list("pk", "size", "file__kept_at"), start=1
    ):
        left -= its_size if kept_at is None else 0
        if place >= MOST_UPLOADS or (kept_at is None and left < 0):
            older.append(pk)
    return older


def fill_upload(upload: Upload, pieces: Iterable[bytes]) -> Upload:
    """Take all the bytes at once; what is short of them was cut on its way."""
    upload.received = min(parts.write_whole(upload.key, pieces), upload.size)
    upload.save(update_fields=["received"])
    return upload


def add_piece(upload: Upload, offset: int, piece: bytes) -> Upload:
    """Take the bytes from `offset` on; they are on the disk when this returns.

    Raises WrongPlace with the right offset, also where another request is just writing. No row is
    locked: the file is, and of a whole file nothing can be changed any more.
    """
    try:
        with parts.opened_alone(upload.key) as file:
            upload.refresh_from_db()
            there = bytes_received(upload)
            if upload.file_id is not None:
                return upload
            if offset != there or offset + len(piece) > upload.size:
                raise WrongPlace(there)
            if piece:
                parts.put_at(file, offset, piece)
            upload.received = offset + len(piece)
            upload.save(update_fields=["received"])
    except BlockingIOError:
        raise WrongPlace(bytes_received(upload)) from None
    return upload


@transaction.atomic
def accept_upload(upload: Upload, file: StoredFile) -> Upload:
    """Note that an upload was found fit and that its bytes, described by `file`, are stored.

    Raises Refused where the upload has ended meanwhile.
    """
    found = Upload.objects.select_for_update().filter(pk=upload.pk).first()
    if found is None:
        raise Refused([Gap("file.gone")])
    if found.file_id is None:
        file.save()
        found.file = file
        found.save(update_fields=["file"])
    parts.forget(found.key)
    return found


@transaction.atomic
def drop_upload(upload: Upload, *, now: datetime) -> None:
    """Let go of an upload: it was refused, or its sender thinks better of it."""
    _end_uploads([upload.pk], now=now)


@transaction.atomic
def refuse_upload(upload: Upload, *, now: datetime) -> Upload | None:
    """Let go of an upload that is not fit; one that another request has accepted is given back."""
    found = Upload.objects.select_for_update().filter(pk=upload.pk).first()
    if found is not None and found.file_id is not None:
        parts.forget(found.key)
        return found
    _end_uploads([upload.pk], now=now)
    return None


@transaction.atomic
def keep_upload(upload: Upload, *, actor: Keyed, now: datetime, gone: Gap = GONE) -> StoredFile:
    """Make an accepted upload a file of a room, in the room's own transaction.

    Kept twice it is the same file. Raises Refused where it is not there, not theirs or over.
    gone: how the room says so.
    """
    own = Upload.objects.select_for_update().filter(pk=upload.pk, actor_key=actor.key)
    found = own.filter(ends_at__gt=now, file__isnull=False).first()
    if found is None:
        raise Refused([gone])
    file = StoredFile.objects.select_for_update().get(upload=found)
    if file.kept_at is None:
        file.kept_at = now
        file.save(update_fields=["kept_at"])
        codes, detail = {"kind": file.kind, "size": str(file.size)}, {"digest": file.digest}
        record("file.kept", about=file, actor=actor, at=now, codes=codes, detail=detail)
    return file


@transaction.atomic
def remove_file(file: StoredFile, *, actor: Keyed, now: datetime) -> None:
    """Remove a file to which no room's row points any more; its bytes go after the commit."""
    record("file.removed", about=file, actor=actor, at=now)
    promise("base.files.remove_bytes", now=now, place=file.place)
    file.delete()


@transaction.atomic
def confirm_publication(file: StoredFile, *, actor: Keyed, now: datetime) -> StoredFile:
    """Make a file public. Raises Refused for whoever sent it: a second person must have looked."""
    found = StoredFile.objects.select_for_update().get(pk=file.pk)
    if found.is_public:
        return found
    if found.actor_key == actor.key:
        raise Refused([Gap("file.same_person")])
    found.is_public, found.confirmed_by_key, found.confirmed_at = True, actor.key, now
    found.save(update_fields=["is_public", "confirmed_by_key", "confirmed_at"])
    record("file.published", about=found, actor=actor, at=now)
    return found


@transaction.atomic
def withdraw_publication(file: StoredFile, *, actor: Keyed, now: datetime) -> StoredFile:
    """Make a file private again; to publish it anew takes a second person anew."""
    found = StoredFile.objects.select_for_update().get(pk=file.pk)
    if found.is_public:
        found.is_public, found.confirmed_by_key, found.confirmed_at = False, None, None
        found.save(update_fields=["is_public", "confirmed_by_key", "confirmed_at"])
        record("file.withdrawn", about=found, actor=actor, at=now)
    return found


def sweep_uploads(*, now: datetime) -> int:
    """Let go of uploads whose day is over, with their bytes wherever they lie; give how many."""
    ended = list(Upload.objects.filter(ends_at__lte=now).values_list("pk", flat=True))
    for pk in ended:
        _sweep_one(pk, now=now)
    parts.forget_before(now - 2 * LIFE)
    return len(ended)


@transaction.atomic
def erase_personal_data_of(person: Keyed, *, now: datetime) -> int:
    """Let go of a person's uploads, and of the names that they gave to files; give how many.

    The files themselves are the rooms' affair: the charter of an organisation stays its charter.
    """
    uploads = Upload.objects.filter(actor_key=person.key)
    _end_uploads(list(uploads.values_list("pk", flat=True)), now=now)
    changed = uploads.update(name="file")
    files = list(StoredFile.objects.select_for_update().filter(actor_key=person.key))
    for file in files:
        file.name = f"file{PurePosixPath(file.name).suffix}"
    StoredFile.objects.bulk_update(files, ["name"], batch_size=200)
    return changed + len(files)


def _end_uploads(pks: list[int], *, now: datetime) -> None:
    """Have these swept as soon as the transaction has ended."""
    if pks:
        Upload.objects.filter(pk__in=pks).update(ends_at=now)
        promise("base.files.sweep", now=now, once="files.sweep")


@transaction.atomic
def _sweep_one(pk: int, *, now: datetime) -> None:
    """Remove the row of an upload; of one that no room has kept, the file and its bytes too."""
    upload = Upload.objects.select_for_update().filter(pk=pk).first()
    if upload is None:
        return
    file = StoredFile.objects.select_for_update().filter(upload=upload).first()
    if file is None or file.kept_at is None:
        # Also where no file was noted: bytes may have been stored just before we went down.
        promise("base.files.remove_bytes", now=now, place=upload.place)
    upload.delete()
    if file is not None and file.kept_at is None:
        file.delete()
    parts.forget(upload.key)
