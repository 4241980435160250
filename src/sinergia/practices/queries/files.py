"""Who may have a file of a practice."""

from uuid import UUID

from sinergia.people.models import Person
from sinergia.practices.access import may_write
from sinergia.practices.models import Practice, PracticeFile


def file_for(person: Person | None, key: UUID, row: UUID) -> PracticeFile | None:
    """A file that this reader may have; hidden and missing look alike. person: none of a visitor.

    Everybody may have what was let out of a published practice; its writers, everything.
    """
    rows = PracticeFile.objects.filter(practice__key=key, practice__removed_at=None, key=row)
    found = rows.filter(removed_at=None).select_related("file", "practice__organisation").first()
    if found is None:
        return None
    is_open = found.file.is_public and found.practice.stage == Practice.Stage.PUBLISHED
    is_theirs = person is not None and may_write(person, found.practice)
    return found if is_open or is_theirs else None
