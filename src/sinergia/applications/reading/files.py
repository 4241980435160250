"""A fund's file: which columns it may have, and its rows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sinergia.applications.actions.loads import KIND, try_load
from sinergia.applications.actions.rows import FiledRow
from sinergia.applications.queries.taking_over import KIND as LIST_KIND
from sinergia.applications.reading.rows import filed_rows
from sinergia.base.tables.files import Layout, Preview, open_file, preview_of
from sinergia.base.tables.headings import Headings, fields_named
from sinergia.base.tables.reading import Unreadable
from sinergia.calls.models import Fund

LAYOUT = Layout(KIND, fields_named("grants"))
# A list of applications that nobody has decided about yet.
LIST = Layout(
    LIST_KIND,
    (
        *(replace(one, is_required=one.code in ("number", "title")) for one in LAYOUT.fields),
        *fields_named("list"),
    ),
    one_of=("ogrn", "inn"),
)


@dataclass(frozen=True)
class GrantsFile:
    """A file read whole: its headings and its data rows."""

    headings: Headings
    rows: list[FiledRow]


def read_grants(path: Path, mapping: Mapping[str, str], currency: str) -> GrantsFile:
    """Read every data row of a fund's file into memory: about 2 kB a row. Raises Unreadable."""
    opened = open_file(path, LAYOUT, mapping)
    rows = list(filed_rows(opened.rows(), currency))
    if not rows:
        raise Unreadable("no_rows")
    return GrantsFile(opened.headings, rows)


def read_list(path: Path, currency: str) -> list[FiledRow]:
    """Read every data row of another system's list of applications. Raises Unreadable."""
    rows = list(filed_rows(open_file(path, LIST, {}).rows(), currency))
    if not rows:
        raise Unreadable("no_rows")
    return rows


def preview_grants(path: Path, mapping: Mapping[str, str], fund: Fund) -> Preview:
    """Look into a kept file before it is loaded."""
    return preview_of(
        path,
        LAYOUT,
        mapping,
        lambda opened: try_load(list(filed_rows(opened.rows(), fund.currency)), fund),
    )
