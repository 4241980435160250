"""Every change of the register."""

from sinergia.organisations.actions.register import (
    Newcomer,
    add_identifiers,
    change_organisation,
    change_organisations,
    register_organisations,
    write_counts,
)

__all__ = [
    "Newcomer",
    "add_identifiers",
    "change_organisation",
    "change_organisations",
    "register_organisations",
    "write_counts",
]
