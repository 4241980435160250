"""A fund's file as typed rows."""

from sinergia.applications.reading.files import GrantsFile, headings_of, read_grants, sample_of
from sinergia.applications.reading.rows import comparable, filed_row, filed_rows, number_of

__all__ = [
    "GrantsFile",
    "comparable",
    "filed_row",
    "filed_rows",
    "headings_of",
    "number_of",
    "read_grants",
    "sample_of",
]
