"""Files as they were handed in: what the frozen document names, whatever became of the draft."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sinergia.applications.models import Submission
from sinergia.projects.models import Attachment

BESIDE = "files/"  # how the frozen document begins the path of a file


@dataclass(frozen=True)
class HandedIn:
    """A file by the frozen document. is_kept: its bytes are here, with the checksum told there."""

    field: str
    key: UUID
    name: str
    digest: str
    attachment: Attachment | None

    @property
    def is_kept(self) -> bool:
        """Whether what is kept is what was handed in."""
        return self.attachment is not None and self.attachment.file.digest == self.digest


def files_of(submission: Submission, values: Mapping[str, str]) -> list[HandedIn]:
    """Files that a frozen document names, taken out of the draft since then or not.

    values: of the frozen document, whose checksum holds.
    """
    named = {path: text for path, text in values.items() if path.startswith(BESIDE)}
    if not named:
        return []
    rows = Attachment.objects.filter(project=submission.project_id).select_related("file")
    kept = {str(one.key): one for one in rows}
    found = []
    for path, text in named.items():
        _files, field, key = path.split("/")
        digest, _space, name = text.partition(" ")
        found.append(HandedIn(field, UUID(key), name, digest, kept.get(key)))
    return sorted(found, key=lambda one: (one.field, one.attachment.pk if one.attachment else 0))


def count_of_files(values: Mapping[str, str]) -> Mapping[str, int]:
    """How many files a frozen document names, by field."""
    return Counter(path.split("/")[1] for path in values if path.startswith(BESIDE))
