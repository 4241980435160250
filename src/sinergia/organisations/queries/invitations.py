"""Links to roles of the register, in whatever state they are."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db.models import QuerySet

from sinergia.organisations import access
from sinergia.organisations.models import (
    Centre,
    Claim,
    FormerKey,
    Membership,
    Organisation,
    Standing,
)
from sinergia.organisations.queries.merging import home_of
from sinergia.people.models import Invitation
from sinergia.people.queries.invitations import invitation_of_link
from sinergia.places.models import Region
from sinergia.places.queries import region_coded

CENTRE, OFFICIAL, ORGANISATION = "centre", "official", "organisation"
KINDS = (CENTRE, OFFICIAL, ORGANISATION)
invitation_by = partial(invitation_of_link, kinds=KINDS)

Scope = Centre | Region | Organisation


def scope_of(invitation: Invitation) -> Scope | None:
    """The centre, region or organisation that an invitation is about; none where it is gone."""
    if invitation.kind == OFFICIAL:
        return region_coded(invitation.scope)
    if invitation.kind == CENTRE:
        rows = Centre.objects.select_related("organisation")
        return rows.filter(key=invitation.scope).first()
    found = Organisation.objects.filter(key=invitation.scope).first()
    return found or home_of(UUID(invitation.scope))


def open_invitations(kind: str, *scopes: object, now: datetime) -> QuerySet[Invitation]:
    """Links to these things that may still be taken, newest first."""
    found = _open(kind, now).filter(scope__in=map(str, scopes))
    return found.select_related("invited_by").order_by("-pk")


def scopes_waiting(
    kind: str, scopes: Iterable[object] | None = None, *, now: datetime
) -> list[str]:
    """To what such links lead, each link by itself; of these things alone, where they are given."""
    found = _open(kind, now)
    named = found if scopes is None else found.filter(scope__in=map(str, scopes))
    return list(named.order_by("pk").values_list("scope", flat=True))


def keys_of(organisation: Organisation) -> list[UUID]:
    """Under which keys its team is invited to: its own, and those of what was merged into it."""
    former = FormerKey.objects.filter(organisation=organisation)
    return [organisation.key, *former.order_by("pk").values_list("key", flat=True)]


def with_people_or_open(organisations: Sequence[Organisation], *, now: datetime) -> set[int]:
    """Which of these have people here, or a request, a link or a grant that is open."""
    keyed = {str(one.key): one.pk for one in organisations}
    members = Membership.objects.filter(organisation__in=organisations, until=None)
    claims = Claim.objects.filter(organisation__in=organisations, settled_at=None)
    lasting = Standing.objects.filter(organisation__in=organisations, until=None)
    rows = (one.order_by().values_list("organisation", flat=True) for one in (claims, lasting))
    found = members.order_by().values_list("organisation", flat=True).union(*rows)
    return {*found, *(keyed[one] for one in scopes_waiting(ORGANISATION, keyed, now=now))}


def is_good(invitation: Invitation, *, now: datetime) -> bool:
    """Whether it may be taken: nobody has, it is in time, and whoever invited still may invite."""
    if invitation.state_at(now) != Invitation.State.OPEN:
        return False
    scope, host = scope_of(invitation), invitation.invited_by
    if isinstance(scope, Centre):
        return access.may_lead(host, scope)
    if isinstance(scope, Organisation):
        return access.may_lead_team(host, scope)
    return scope is not None and access.may_name_official(host, scope)


def _open(kind: str, now: datetime) -> QuerySet[Invitation]:
    found = Invitation.objects.filter(kind=kind, ends_at__gte=now)
    return found.filter(taken_at=None, withdrawn_at=None)
