"""What stands behind the link of a letter."""

from typing import TypeAlias
from uuid import UUID

from sinergia.notices.models import Digest, Notice, Recipient
from sinergia.notices.queries.silences import silences_of

Linked: TypeAlias = Notice | Digest | Recipient


def linked_by(key: UUID) -> Linked | None:
    """The message that a letter's link leads to; none where it was erased or grew too old."""
    notice = Notice.objects.select_related("person").filter(key=key).first()
    digest = None if notice else Digest.objects.select_related("person").filter(key=key).first()
    if found := notice or digest:
        return found if found.person.is_active else None
    return Recipient.objects.select_related("mailing").filter(key=key).first()


def is_silent(address: str) -> bool:
    """Whether the owner of an address asked for no more messages to many."""
    return silences_of(address).exists()
