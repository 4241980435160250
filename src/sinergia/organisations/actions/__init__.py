"""Every change of the register."""

from sinergia.organisations.actions.register import (
    Newcomer,
    add_identifiers,
    register_organisations,
    search_text,
    write_counts,
)

__all__ = [
    "Newcomer",
    "add_identifiers",
    "register_organisations",
    "search_text",
    "write_counts",
]
