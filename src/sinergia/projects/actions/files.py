"""Files of a project: put beside a field, taken away. The bytes were stored before."""

from datetime import datetime

from django.db import transaction

from sinergia.base.files.actions import keep_upload
from sinergia.base.files.models import Upload
from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.people.models import Person
from sinergia.projects.actions.saving import locked, touch
from sinergia.projects.models import Attachment, Project

MOST_FILES = 50  # of one field; rules ask for fewer


@transaction.atomic
def attach(
    project: Project, field: str, upload: Upload, *, actor: Person, now: datetime
) -> Attachment:
    """Put a file beside a field; one upload is one file, however often it is pressed.

    Raises Refused where there are too many, or the upload has ended meanwhile.
    """
    project = locked(project, actor)
    there = Attachment.objects.filter(project=project, file=upload.file_id).first()
    if upload.file_id is not None and there is not None:
        return there
    if project.attachments.filter(field=field, removed_at=None).count() >= MOST_FILES:
        raise Refused([Gap("too_many_files", "file")])
    file = keep_upload(upload, actor=actor, now=now, gone=Gap("file_gone", "file"))
    made = Attachment.objects.create(project=project, field=field, file=file, by=actor.key, at=now)
    touch(project, now=now)
    codes: dict[str, str | int] = {"field": field, "digest": file.digest}
    record("project.file_attached", about=project, actor=actor, at=now, codes=codes)
    return made


@transaction.atomic
def take_off(attachment: Attachment, *, actor: Person, now: datetime) -> None:
    """Take a file away. Its bytes stay: a document that was handed in may name them."""
    project = locked(attachment.project, actor)
    gone = Attachment.objects.filter(pk=attachment.pk, removed_at=None).update(removed_at=now)
    if gone:
        touch(project, now=now)
        record("project.file_taken_off", about=project, actor=actor, at=now)
