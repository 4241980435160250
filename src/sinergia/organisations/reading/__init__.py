"""A list of organisations as typed rows."""

from sinergia.organisations.reading.files import (
    LAYOUT,
    OrganisationsFile,
    code_for,
    headings_of,
    preview_organisations,
    read_organisations,
)
from sinergia.organisations.reading.rows import register_row

__all__ = [
    "LAYOUT",
    "OrganisationsFile",
    "code_for",
    "headings_of",
    "preview_organisations",
    "read_organisations",
    "register_row",
]
