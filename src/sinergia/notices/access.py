"""Who may read a message: its person, and whoever holds the link of its letter."""

from uuid import UUID

from django.core.signing import Signer
from django.utils.crypto import constant_time_compare

SALT = "sinergia.notices.link"


def link_token(key: UUID) -> str:
    """The part of a letter's link that nobody can guess; the same for ever."""
    return Signer(salt=SALT).signature(str(key))


def may_open_link(key: UUID, token: str) -> bool:
    """Whether a link is one that we wrote."""
    return constant_time_compare(link_token(key), token)
