"""How invitations are read."""

from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare

from sinergia.people.models import Invitation, Person


def invitations_to(kind: str, *scopes: UUID | str) -> QuerySet[Invitation]:
    """Every invitation to these things, newest first."""
    found = Invitation.objects.filter(kind=kind, scope__in=map(str, scopes))
    return found.select_related("invited_by", "taken_by").order_by("-pk")


def invitation_of_link(key: UUID, token: str, *, kinds: Sequence[str]) -> Invitation | None:
    """What a link invites to, whatever became of it; a wrong token is as good as no key."""
    found = Invitation.objects.select_related("invited_by").filter(key=key, kind__in=kinds).first()
    return found if opens(token, found) else None


def opens(token: str, invitation: Invitation | None) -> bool:
    """Whether a token is that of an invitation; in the same time where there is none."""
    return constant_time_compare(digest_of(token), invitation.token_digest if invitation else "")


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
