"""Every change of accounts, invitations and consents."""

from sinergia.people.actions.accounts import (
    choose_language,
    command_person,
    drop_unproven_password,
    first_link_of,
    invent_person,
    make_administrator,
    set_first_password,
)
from sinergia.people.actions.factors import release_second_factor, require_second_factor
from sinergia.people.actions.invitations import (
    InvitationLetter,
    invite,
    take_invitation,
    withdraw_invitation,
)

__all__ = [
    "InvitationLetter",
    "choose_language",
    "command_person",
    "drop_unproven_password",
    "first_link_of",
    "invent_person",
    "invite",
    "make_administrator",
    "release_second_factor",
    "require_second_factor",
    "set_first_password",
    "take_invitation",
    "withdraw_invitation",
]
