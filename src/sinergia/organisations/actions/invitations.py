"""Taking up a role by a link, and saying that it is not for oneself."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from sinergia.engine.refusal import Gap, Refused
from sinergia.notices.actions import tell
from sinergia.organisations.actions.centres import join_centre
from sinergia.organisations.actions.officials import join_region
from sinergia.organisations.actions.teams import join_team
from sinergia.organisations.models import Centre, Organisation
from sinergia.organisations.queries.invitations import (
    Scope,
    invitation_by,
    is_good,
    scope_of,
)
from sinergia.people.actions import take_invitation, withdraw_invitation
from sinergia.people.models import Invitation, Person
from sinergia.people.queries import holds_address
from sinergia.places.models import Region


@transaction.atomic
def take_role(key: UUID, token: str, *, actor: Person, now: datetime, post: str = "") -> Scope:
    """Take up what a link invites to; give where. The same person twice is harmless.

    Raises Refused where the link is no longer good, is for another address, or is one's own.
    """
    asked = invitation_by(key, token)
    scope = scope_of(asked) if asked else None
    if asked is None or scope is None:
        raise Refused([Gap("invitation_over")])
    type(scope)._default_manager.select_for_update().get(pk=scope.pk)  # noqa: SLF001  # public
    if asked.taken_by_id == actor.pk:
        return scope
    _refuse(asked, actor, now=now)
    invitation = take_invitation(key, token, kind=asked.kind, actor=actor, now=now)
    _give(invitation, scope, actor=actor, now=now, post=post)
    tell(
        invitation.invited_by,
        "register.invitation_taken",
        now=now,
        about=invitation,
        url=page_of(scope),
        place=name_of(scope),
    )
    return scope


@transaction.atomic
def decline_role(key: UUID, token: str, *, actor: Person, now: datetime) -> None:
    """Say that an invitation to one's own address is not wanted; twice is harmless.

    A link for whoever holds it is declined by nobody: it may still be for another. Raises Refused
    where the link is no longer good, or is for another address.
    """
    asked = invitation_by(key, token)
    if asked is None or asked.taken_at:
        raise Refused([Gap("invitation_over")])
    if not asked.email or not holds_address(actor, asked):
        raise Refused([Gap("invitation_other_address")])
    if asked.withdrawn_at:
        return
    withdraw_invitation(asked, actor=actor, now=now)
    scope = scope_of(asked)
    if scope is not None:
        tell(
            asked.invited_by,
            "register.invitation_declined",
            now=now,
            about=asked,
            url=page_of(scope),
            place=name_of(scope),
        )


def door_of(scope: Scope) -> str:
    """What is open to whoever has just come in."""
    if isinstance(scope, Centre):
        return reverse("register:centre", args=[scope.key])
    if isinstance(scope, Organisation):
        return reverse("register:inside", args=[scope.key])
    return reverse("regions:detail", args=[scope.code])


def page_of(scope: Scope) -> str:
    """Where those who invite see the people of a centre, of a region, of a team."""
    if isinstance(scope, Centre):
        return reverse("register:centre", args=[scope.key])
    if isinstance(scope, Organisation):
        return reverse("register:team", args=[scope.key])
    return reverse("register:officials")


def name_of(scope: Scope) -> str:
    """What a centre, an organisation or a region is called."""
    if isinstance(scope, Centre):
        return scope.organisation.name
    return scope.name if isinstance(scope, Organisation) else scope.name_ru


def _refuse(invitation: Invitation, actor: Person, *, now: datetime) -> None:
    """Whoever invites may not be the one who comes: two people stand behind every role."""
    if invitation.invited_by_id == actor.pk:
        raise Refused([Gap("invitation_own")])
    if not is_good(invitation, now=now):
        raise Refused([Gap("invitation_over")])


def _give(invitation: Invitation, scope: Scope, *, actor: Person, now: datetime, post: str) -> None:
    if isinstance(scope, Centre):
        join_centre(scope, actor, invitation.role, actor=actor, now=now)
        _welcome(actor, scope, code="register.centre_joined", now=now)
    elif isinstance(scope, Organisation):
        join_team(scope, actor, invitation.role, actor=actor, now=now, post=post)
        _welcome(actor, scope, code="register.team_joined", now=now)
    elif isinstance(scope, Region):
        join_region(scope, actor, actor=actor, now=now, post=post)
        _welcome(actor, scope, code="register.region_opened", now=now)


def _welcome(person: Person, scope: Scope, *, code: str, now: datetime) -> None:
    tell(person, code, now=now, about=scope, url=door_of(scope), place=name_of(scope))
