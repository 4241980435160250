"""Files of a practice: put beside a field, taken away. The bytes were stored before."""

from datetime import datetime

from django.db import transaction

from sinergia.base.files.actions import keep_upload, withdraw_publication
from sinergia.base.files.models import Upload
from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.people.models import Person
from sinergia.practices.actions.saving import locked, touch
from sinergia.practices.models import Practice, PracticeFile

MOST_FILES = 20  # of one field


@transaction.atomic
def attach(
    practice: Practice, field: str, upload: Upload, *, actor: Person, now: datetime
) -> PracticeFile:
    """Put a file beside a field; one upload is one file, however often it is pressed.

    Nobody but its writers sees it before a second person has looked and it is published. Raises
    Refused where there are too many, or the upload has ended meanwhile.
    """
    practice = locked(practice, actor)
    there = PracticeFile.objects.filter(practice=practice, file=upload.file_id).first()
    if upload.file_id is not None and there is not None:
        return there
    if practice.files.filter(field=field, removed_at=None).count() >= MOST_FILES:
        raise Refused([Gap("too_many_files", "file")])
    file = keep_upload(upload, actor=actor, now=now, gone=Gap("file_gone", "file"))
    made = PracticeFile.objects.create(
        practice=practice, field=field, file=file, by=actor.key, at=now
    )
    touch(practice, now=now)
    codes: dict[str, str | int] = {"field": field, "digest": file.digest}
    record("practice.file_attached", about=practice, actor=actor, at=now, codes=codes)
    return made


@transaction.atomic
def take_off(attached: PracticeFile, *, actor: Person, now: datetime) -> None:
    """Take a file away, from the public at once: whoever took it away may have had a reason."""
    practice = locked(attached.practice, actor)
    gone = PracticeFile.objects.filter(pk=attached.pk, removed_at=None).update(removed_at=now)
    if gone:
        withdraw_publication(attached.file, actor=actor, now=now)
        touch(practice, now=now)
        record("practice.file_taken_off", about=practice, actor=actor, at=now)
