"""Every change of invitations: parts of the transaction of the room that invites.

That room asks who may invite to its roles, and gives the role once an invitation is taken.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from sinergia.base.journal.actions import record
from sinergia.base.letters.actions import send_letter
from sinergia.engine.refusal import Gap, Refused
from sinergia.people.models import Invitation, Person
from sinergia.people.queries.invitations import digest_of, holds_address, opens

LONGEST_TERM = timedelta(days=60)


@dataclass(frozen=True)
class InvitationLetter:
    """What the letter says beside who invites and till when.

    page: absolute address of the room's landing page, to which "KEY/TOKEN/" is added.
    what: a phrase in `language`: "«Полтора шага», роль: редактор".
    """

    page: str
    what: str
    language: str


@transaction.atomic
def invite(
    kind: str,
    scope: UUID | str,
    role: str,
    *,
    email: str = "",
    ends_at: datetime,
    actor: Person,
    now: datetime,
    letter: InvitationLetter | None = None,
) -> tuple[Invitation, str]:
    """Make a link to a role, and have it sent where there is an address; give its token, once.

    email: whose account may take it; "" for whoever holds the link. A further invitation of the
    same address to the same role withdraws the one before. Raises Refused for a term in the past
    or longer than 60 days.
    """
    if not now < ends_at <= now + LONGEST_TERM:
        raise Refused([Gap("invitation.term", "ends_at", {"days": LONGEST_TERM.days})])
    address = email.strip().casefold()
    if address:
        before = Invitation.objects.filter(kind=kind, scope=str(scope), role=role, email=address)
        before.filter(taken_at=None, withdrawn_at=None).update(withdrawn_at=now)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        kind=kind,
        scope=str(scope),
        role=role,
        email=address,
        token_digest=digest_of(token),
        invited_by=actor,
        made_at=now,
        ends_at=ends_at,
    )
    codes = {"kind": kind, "scope": str(scope), "role": role}
    record("invitation.made", about=invitation, actor=actor, at=now, codes=codes)
    if address and letter is not None:
        _send(invitation, token, letter, now=now)
    return invitation, token


@transaction.atomic
def take_invitation(
    key: UUID, token: str, *, kind: str, actor: Person, now: datetime
) -> Invitation:
    """Mark an invitation as taken by whoever holds its link; the same person twice is harmless.

    Raises Refused: `invitation.over` for a link that is no longer or never was good,
    `invitation.other_address` where it is for an address that is not theirs.
    """
    found = Invitation.objects.select_for_update().filter(key=key, kind=kind).first()
    if not opens(token, found):
        found = None
    if found is not None and found.taken_by_id == actor.pk:
        return found
    if found is None or found.state_at(now) != Invitation.State.OPEN:
        raise Refused([Gap("invitation.over")])
    if not holds_address(actor, found):
        raise Refused([Gap("invitation.other_address")])
    found.taken_at, found.taken_by = now, actor
    found.save(update_fields=["taken_at", "taken_by"])
    record("invitation.taken", about=found, actor=actor, at=now)
    return found


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, actor: Person, now: datetime) -> Invitation:
    """Make a link worthless; twice is harmless. Raises Refused where it was taken already."""
    found = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if found.withdrawn_at:
        return found
    if found.taken_at:
        raise Refused([Gap("invitation.taken")])
    found.withdrawn_at = now
    found.save(update_fields=["withdrawn_at"])
    record("invitation.withdrawn", about=found, actor=actor, at=now)
    return found


def _send(invitation: Invitation, token: str, letter: InvitationLetter, *, now: datetime) -> None:
    with translation.override(letter.language):
        context = {
            "invitation": invitation,
            "what": letter.what,
            "url": f"{letter.page}{invitation.key}/{token}/",
        }
        subject, _, text = render_to_string("people/letters/invitation.txt", context).partition(
            "\n"
        )
    send_letter(
        invitation.email,
        subject=subject,
        text=text.strip(),
        language=letter.language,
        now=now,
        about=f"people.invitation:{invitation.key}",
        is_secret=True,
    )
