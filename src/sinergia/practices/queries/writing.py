"""What stands in a practice, and what it still lacks."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from sinergia.base.drafts.actions import texts_of
from sinergia.engine.practice import (
    Document,
    Missing,
    for_readers,
    missing_in,
    read_practice,
    without_people,
)
from sinergia.places.models import Theme
from sinergia.practices.models import Practice, PracticeFile, PracticeRevision, PracticeText


@dataclass(frozen=True)
class Written:
    """A practice with its texts. fields: by path. is_frozen: as it was at an earlier moment."""

    practice: Practice
    fields: Mapping[str, PracticeText]
    document: Document
    is_frozen: bool = False

    @property
    def values(self) -> dict[str, str]:
        """Texts by path, empty ones left out."""
        return {path: field.value for path, field in self.fields.items() if field.value}


def written(practice: Practice) -> Written:
    """Read a practice as it stands now."""
    fields = {field.path: field for field in practice.texts.order_by("pk")}
    values = {path: field.value for path, field in fields.items()}
    return Written(practice, fields, read_practice(values, currency=practice.currency))


def written_at(revision: PracticeRevision) -> Written:
    """Read a practice as it was, whole."""
    return _frozen(revision.practice, texts_of(revision))


def read_by(revision: PracticeRevision, *, is_member: bool) -> Written:
    """Read a practice as the public reads it: people as their authors say. is_member: signed in."""
    return _frozen(revision.practice, for_readers(texts_of(revision), is_member=is_member))


def read_for_changes(revision: PracticeRevision) -> Written:
    """Read a published text to be compared: nobody is named in what is not the last one."""
    return _frozen(revision.practice, without_people(texts_of(revision)))


def read_all(practices: Sequence[Practice]) -> dict[int, Written]:
    """What the public reads of each, without people, by number; one query."""
    why = PracticeRevision.Why.PUBLISHED
    rows = PracticeRevision.objects.filter(practice__in=practices, why=why)
    last = {one.practice_id: one for one in rows.select_related("practice").order_by("pk")}
    return {pk: read_by(one, is_member=False) for pk, one in last.items()}


def files_of(practice: Practice) -> QuerySet[PracticeFile]:
    """Its files, as they were added."""
    rows = practice.files.filter(removed_at=None).select_related("file")
    return rows.order_by("pk")


def public_files(practice: Practice) -> QuerySet[PracticeFile]:
    """Those that everybody may have."""
    return files_of(practice).filter(file__is_public=True)


def missing_of(told: Written, *, files: Mapping[str, int] | None = None) -> Missing:
    """What a practice still lacks. files: by field, where they are known."""
    if files is None:
        files = Counter(one.field for one in files_of(told.practice))
    return missing_in(told.document, files=files)


def themes_for(practice: Practice) -> QuerySet[Theme]:
    """The themes of the region where its organisation is by now; a practice has one of them."""
    whose = practice.organisation
    region = whose.region_id if whose is not None else practice.region_id
    return Theme.objects.filter(region=region).order_by("name_folded", "pk")


def _frozen(practice: Practice, values: Mapping[str, str]) -> Written:
    fields = {path: PracticeText(path=path, value=text, version=0) for path, text in values.items()}
    document = read_practice(values, currency=practice.currency)
    return Written(practice, fields, document, is_frozen=True)
