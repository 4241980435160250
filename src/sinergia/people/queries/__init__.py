"""How accounts, invitations and consents are read."""

from sinergia.people.queries.accounts import (
    account_by,
    accounts,
    has_factor,
    invented_people,
    owner_of_link,
)
from sinergia.people.queries.consents import agreeing, consent_in_force, consents_of
from sinergia.people.queries.factors import factors_of, passkey_named
from sinergia.people.queries.invitations import holds_address, invitations_to
from sinergia.people.queries.naming import name_of, names_of
from sinergia.people.queries.sessions import session_named, sessions_of

__all__ = [
    "account_by",
    "accounts",
    "agreeing",
    "consent_in_force",
    "consents_of",
    "factors_of",
    "has_factor",
    "holds_address",
    "invented_people",
    "invitations_to",
    "name_of",
    "names_of",
    "owner_of_link",
    "passkey_named",
    "session_named",
    "sessions_of",
]
