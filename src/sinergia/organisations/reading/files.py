"""A list of organisations: which columns it may have, where it came from, its rows."""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sinergia.base.tables.files import (
    Layout,
    OpenedFile,
    Preview,
    find_columns,
    open_file,
    preview_of,
)
from sinergia.base.tables.headings import fields_named
from sinergia.base.tables.reading import Unreadable
from sinergia.organisations.actions.loads import Wanted, try_load
from sinergia.organisations.actions.loads.rows import (
    NOTHING_VERIFIED,
    Glance,
    RegisterRow,
    Verified,
)
from sinergia.organisations.queries.loads import KIND
from sinergia.organisations.reading.rows import glance_at, register_row

LAYOUT = Layout(
    KIND, fields_named("organisations"), one_of=("ogrn", "inn", "name"), is_kept_whole=False
)
LONGEST_STEM = 30  # letters of a file's name in the code of its source
_WORD = re.compile("[a-z]+")


@dataclass(frozen=True)
class OrganisationsFile:
    """A file of organisations, read as it goes: it may be longer than memory."""

    opened: OpenedFile

    @property
    def headings(self) -> str:
        """Digest of its labels."""
        return self.opened.headings.digest

    def glances(self) -> Iterator[Glance]:
        """Look at every row."""
        return (glance_at(number, cells) for number, cells in self.opened.rows())

    def rows(
        self,
        *,
        after: int = 0,
        only: Container[int] | None = None,
        verified: Verified = NOTHING_VERIFIED,
    ) -> Iterator[RegisterRow]:
        """Read the rows after the first `after`, or those of these numbers."""
        for number, cells in islice(self.opened.rows(), after, None):
            if only is None or number in only:
                yield register_row(number, cells, verified=verified.get(number))


def read_organisations(path: Path, mapping: Mapping[str, str]) -> OrganisationsFile:
    """Open a file of organisations. Raises Unreadable, also where there are no rows."""
    file = OrganisationsFile(open_file(path, LAYOUT, mapping))
    if next(file.glances(), None) is None:
        raise Unreadable("no_rows")
    return file


def preview_organisations(path: Path, mapping: Mapping[str, str], wanted: Wanted) -> Preview:
    """Look into a kept file before it is loaded."""
    return preview_of(
        path, LAYOUT, mapping, lambda opened: try_load(OrganisationsFile(opened), wanted)
    )


def headings_of(path: Path, mapping: Mapping[str, str]) -> str:
    """Digest of a file's labels. Raises Unreadable."""
    return find_columns(path, LAYOUT, mapping).headings.digest


def code_for(file_name: str, headings: str) -> str:
    """A code for a source that nobody named: of the file's name, and of its headings.

    Another layout is another source, so that it never passes for a newer version of the first.
    """
    words = _WORD.findall(Path(file_name).stem.casefold())
    stem = "-".join(words)[:LONGEST_STEM].strip("-") or "list"
    return f"{stem}-{headings[:6]}"
