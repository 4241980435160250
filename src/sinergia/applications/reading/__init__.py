"""A fund's file as typed rows."""

from sinergia.applications.reading.files import LAYOUT, GrantsFile, preview_grants, read_grants
from sinergia.applications.reading.rows import comparable, filed_row, filed_rows, number_of

__all__ = [
    "LAYOUT",
    "GrantsFile",
    "comparable",
    "filed_row",
    "filed_rows",
    "number_of",
    "preview_grants",
    "read_grants",
]
