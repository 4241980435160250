"""A list of organisations as typed rows."""

from sinergia.organisations.reading.files import (
    LAYOUT,
    OrganisationsFile,
    code_for,
    is_our_table,
    preview_organisations,
    read_organisations,
    told_by_file,
)
from sinergia.organisations.reading.rows import register_row

__all__ = [
    "LAYOUT",
    "OrganisationsFile",
    "code_for",
    "is_our_table",
    "preview_organisations",
    "read_organisations",
    "register_row",
    "told_by_file",
]
