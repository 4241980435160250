"""A fund's file as typed rows."""

from sinergia.applications.reading.files import (
    LAYOUT,
    LIST,
    GrantsFile,
    preview_grants,
    read_grants,
    read_list,
)
from sinergia.applications.reading.rows import comparable, filed_row, filed_rows, number_of

__all__ = [
    "LAYOUT",
    "LIST",
    "GrantsFile",
    "comparable",
    "filed_row",
    "filed_rows",
    "number_of",
    "preview_grants",
    "read_grants",
    "read_list",
]
