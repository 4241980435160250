"""How invitations are read."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare

from sinergia.people.models import Invitation, Person


def open_invitation(key: UUID, token: str, *, kind: str, now: datetime) -> Invitation | None:
    """What a link invites to; none where it is unknown, of another kind, over or used.

    An unknown key and a wrong token are answered alike.
    """
    found = Invitation.objects.select_related("invited_by").filter(key=key, kind=kind).first()
    fits = constant_time_compare(digest_of(token), found.token_digest if found else "")
    if found is None or not fits or found.state_at(now) != Invitation.State.OPEN:
        return None
    return found


def invitations_to(kind: str, scope: UUID | str) -> QuerySet[Invitation]:
    """Every invitation to one thing, newest first."""
    found = Invitation.objects.filter(kind=kind, scope=str(scope))
    return found.select_related("invited_by", "taken_by").order_by("-pk")


def holds_address(person: Person, invitation: Invitation) -> bool:
    """Whether an invitation is for this person: to an address they confirmed, or to whoever comes.

    The link does not prove the mailbox: whoever invited has seen it too.
    """
    if not invitation.email:
        return True
    theirs = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return invitation.email in {address.casefold() for address in theirs}


def digest_of(token: str) -> str:
    """What is kept of a token: 256 bits of chance need no salt."""
    return sha256(token.encode()).hexdigest()
