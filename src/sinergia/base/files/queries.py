"""How files and uploads are read: each person sees their own uploads and nobody else's."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from sinergia.base.asking import row_keyed
from sinergia.base.files.adapters import parts
from sinergia.base.files.models import StoredFile, Upload
from sinergia.base.journal.actions import Keyed


def uploads_of(person: Keyed, *, now: datetime) -> QuerySet[Upload]:
    """What `person` has sent or is sending and no sweep has taken yet, newest first."""
    own = Upload.objects.filter(actor_key=person.key, ends_at__gt=now)
    return own.select_related("file").order_by("-pk")


def upload_by(key: str, person: Keyed, *, now: datetime) -> Upload | None:
    """One upload of `person`, by the key that a form sent back; none where there is no such."""
    return row_keyed(uploads_of(person, now=now), key)


def bytes_received(upload: Upload) -> int:
    """Where to go on: what the row promises and the disk has; a restore brings rows alone."""
    if upload.file_id is not None:
        return upload.size
    path = parts.path_of(upload.key)
    return min(upload.received, path.stat().st_size if path.exists() else 0)


def held_about(person: Keyed) -> QuerySet[StoredFile]:
    """Files that `person` has sent, oldest first."""
    return StoredFile.objects.filter(actor_key=person.key).order_by("pk")


def kept_files() -> Iterator[StoredFile]:
    """Every file that a room keeps, one after another."""
    rows = StoredFile.objects.filter(kept_at__isnull=False).order_by("pk")
    return rows.iterator(chunk_size=500)
