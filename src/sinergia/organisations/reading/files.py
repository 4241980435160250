"""A list of organisations: which columns it may have, where it came from, its rows."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.utils.translation import override

from sinergia.base.tables.files import (
    Layout,
    OpenedFile,
    Preview,
    find_columns,
    open_file,
    preview_of,
)
from sinergia.base.tables.headings import fields_named
from sinergia.base.tables.matching import words_of_heading
from sinergia.base.tables.reading import Unreadable
from sinergia.organisations.actions.loads import Wanted, try_load
from sinergia.organisations.actions.loads.rows import (
    NOTHING_VERIFIED,
    Glance,
    RegisterRow,
    Verified,
)
from sinergia.organisations.actions.sources import FromFile
from sinergia.organisations.queries.loads import KIND
from sinergia.organisations.queries.naming import FIELD_NAMES
from sinergia.organisations.reading.rows import digest_of_cells, glance_at, register_row

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

    def glances(self, *, with_cells: bool = False) -> Iterator[Glance]:
        """Look at every row."""
        for number, cells in self.opened.rows():
            yield glance_at(number, cells, digest_of_cells(cells) if with_cells else b"")

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
                row = register_row(number, cells, verified=verified.get(number))
                row.cells = digest_of_cells(cells)
                yield row


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


def told_by_file(path: Path, name: str) -> FromFile:
    """What a file says of where it comes from; `name` as its owner calls it. Raises Unreadable."""
    headings = find_columns(path, LAYOUT, {}).headings
    digest = "" if is_our_table(headings.labels) else headings.digest
    return FromFile(name, code_for(name, headings.digest), digest)


def is_our_table(labels: Iterable[str]) -> bool:
    """Whether every heading is one of our own empty table's, in any of its languages."""
    told = {tuple(words_of_heading(label)) for label in labels}
    return any(told <= ours for ours in _our_headings())


@cache
def _our_headings() -> list[set[tuple[str, ...]]]:
    found = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            found.append({tuple(words_of_heading(str(name))) for name in FIELD_NAMES.values()})
    return found


def code_for(file_name: str, headings: str) -> str:
    """A code for a source that nobody named: of the file's name, and of its headings.

    Another layout is another source, so that it never passes for a newer version of the first.
    """
    words = _WORD.findall(Path(file_name).stem.casefold())
    stem = "-".join(words)[:LONGEST_STEM].strip("-") or "list"
    return f"{stem}-{headings[:6]}"
