"""People of a region's authorities, to whom its figures are open: invited, and no longer."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.base.journal.actions import record
from sinergia.notices.actions import tell
from sinergia.organisations.access import may_name_official
from sinergia.organisations.actions.factors import settle_second_factor
from sinergia.organisations.models import Official
from sinergia.organisations.queries.invitations import OFFICIAL
from sinergia.people.actions import InvitationLetter, invite, withdraw_invitation
from sinergia.people.models import Invitation, Person
from sinergia.places.models import Region


@transaction.atomic
def invite_official(
    region: Region,
    *,
    ends_at: datetime,
    actor: Person,
    now: datetime,
    email: str = "",
    letter: InvitationLetter | None = None,
) -> tuple[Invitation, str]:
    """Make a link by which somebody of a region's authorities comes in; give its token, once."""
    if not may_name_official(actor, region):
        raise PermissionDenied
    return invite(
        OFFICIAL,
        region.code,
        OFFICIAL,
        email=email,
        ends_at=ends_at,
        actor=actor,
        now=now,
        letter=letter,
    )


@transaction.atomic
def withdraw_from_region(
    region: Region, invitation: Invitation, *, actor: Person, now: datetime
) -> Invitation:
    """Make a link to a region worthless; twice is harmless."""
    if not may_name_official(actor, region):
        raise PermissionDenied
    return withdraw_invitation(invitation, actor=actor, now=now)


def join_region(
    region: Region, person: Person, *, actor: Person, now: datetime, post: str = ""
) -> Official:
    """Make somebody an official of a region; part of a transaction that has locked the region."""
    rows = Official.objects.select_for_update()
    official = rows.filter(region=region, person=person).first()
    official = official or Official(region=region, person=person, since=now)
    if official.until is not None:
        official.since, official.until = now, None
    official.post = post or official.post
    official.save()
    codes: dict[str, str | int] = {"person": str(person.key)}
    record("official.named", about=region, actor=actor, at=now, codes=codes)
    settle_second_factor(person, actor=actor, now=now)
    return official


@transaction.atomic
def end_office(region: Region, person: UUID, *, actor: Person, now: datetime) -> Official:
    """Close a region's figures to somebody again; pressing twice is harmless."""
    Region.objects.select_for_update().get(pk=region.pk)
    rows = Official.objects.select_for_update(of=("self",)).select_related("region", "person")
    official = rows.get(region=region, person__key=person)
    if not (may_name_official(actor, region) or official.person_id == actor.pk):
        raise PermissionDenied
    if official.until is not None:
        return official
    close_office(official, actor=actor, now=now)
    if official.person_id != actor.pk:
        tell(
            official.person,
            "register.official_ended",
            now=now,
            about=region,
            url=reverse("regions:detail", args=[region.code]),
            region=region.name_ru,
        )
    return official


def close_office(official: Official, *, actor: Person, now: datetime) -> None:
    """End an office; part of a transaction."""
    official.until = official.until or now
    official.save(update_fields=["until"])
    codes: dict[str, str | int] = {"person": str(official.person.key)}
    record("official.ended", about=official.region, actor=actor, at=now, codes=codes)
    settle_second_factor(official.person, actor=actor, now=now)
