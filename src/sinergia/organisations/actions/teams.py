"""The people of an organisation: invited, given a role, let go; the last leader goes aloud."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.notices.actions import tell
from sinergia.organisations.access import may_lead_team, may_serve
from sinergia.organisations.models import Membership, Organisation
from sinergia.organisations.queries.invitations import ORGANISATION
from sinergia.organisations.queries.roles import administrators, staff_serving
from sinergia.organisations.queries.teams import heirs_of, is_last_leader, memberships_of
from sinergia.people.actions import InvitationLetter, invite, withdraw_invitation
from sinergia.people.models import Invitation, Person

Role = Membership.Role


@transaction.atomic
def invite_to_team(
    organisation: Organisation,
    role: str,
    *,
    ends_at: datetime,
    actor: Person,
    now: datetime,
    email: str = "",
    letter: InvitationLetter | None = None,
) -> tuple[Invitation, str]:
    """Make a link to a place in a team; give its token, which is told once.

    Raises PermissionDenied for whoever may not take people in.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not may_lead_team(actor, organisation):
        raise PermissionDenied
    return invite(
        ORGANISATION,
        organisation.key,
        Role(role),
        email=email,
        ends_at=ends_at,
        actor=actor,
        now=now,
        letter=letter,
    )


@transaction.atomic
def withdraw_from_team(
    organisation: Organisation, invitation: Invitation, *, actor: Person, now: datetime
) -> Invitation:
    """Make a link to a team worthless; twice is harmless."""
    if not may_lead_team(actor, organisation):
        raise PermissionDenied
    return withdraw_invitation(invitation, actor=actor, now=now)


def join_team(
    organisation: Organisation,
    person: Person,
    role: str,
    *,
    actor: Person,
    now: datetime,
    post: str = "",
) -> Membership:
    """Give a place in a team; part of a transaction that has locked the organisation.

    Whoever is there already may only rise by it; whoever left comes back.
    """
    rows = Membership.objects.select_for_update()
    place = rows.filter(organisation=organisation, person=person).first()
    if place is not None and place.until is None and Role.LEADER in (place.role, role):
        place.role = Role.LEADER
    elif place is None or place.until is not None:
        place = place or Membership(organisation=organisation, person=person)
        place.role, place.since, place.until, place.parting = Role(role), now, None, ""
    place.post = post or place.post
    place.save()
    record("membership.given", about=organisation, actor=actor, at=now, codes=_codes(place, person))
    return place


@transaction.atomic
def change_role(key: UUID, role: str, *, actor: Person, now: datetime) -> Membership:
    """Give somebody of the team another role; pressing twice is harmless.

    Raises Refused where nobody would lead the organisation then, its centre may do even that; and
    for who would make themselves a leader: two people stand behind every role.
    """
    place = _locked(key)
    organisation = place.organisation
    if not may_lead_team(actor, organisation):
        raise PermissionDenied
    if place.until is not None:
        raise Refused([Gap("team_left_already")])
    if place.role == role:
        return place
    if place.person_id == actor.pk and role == Role.LEADER:
        raise Refused([Gap("role_own")])
    was_last = is_last_leader(place)
    if was_last and not may_serve(actor, organisation):
        raise Refused([Gap("team_last_leader")])
    _give(place, role, actor=actor, now=now)
    if actor != place.person:
        _tell(place.person, organisation, code="register.team_role", now=now, role=place.role)
    if was_last:
        _tell_who_serves(organisation, now=now, but=actor)
    return place


@transaction.atomic
def end_membership(
    key: UUID, *, actor: Person, now: datetime, heir: UUID | None = None, reason: str = ""
) -> Membership:
    """Let somebody go, or leave oneself; pressing twice is harmless.

    The last leader does not leave silently: `heir` (the key of a membership) leads after them, or
    `reason` is told to the centre. The centre's own staff may let the last leader go as they are.
    Raises Refused where neither is said.
    """
    place = _locked(key)
    organisation = place.organisation
    is_own = place.person_id == actor.pk
    if not (is_own or may_lead_team(actor, organisation)):
        raise PermissionDenied
    if place.until is not None:
        return place
    if is_last_leader(place) and (is_own or not may_serve(actor, organisation)):
        _pass_on(place, heir, reason, actor=actor, now=now)
    place.until = now
    place.save(update_fields=["until", "parting"])
    record(
        "membership.ended",
        about=organisation,
        actor=actor,
        at=now,
        codes=_codes(place, place.person),
    )
    if not is_own:
        _tell(place.person, organisation, code="register.team_let_go", now=now)
    return place


def part(place: Membership, *, actor: Person, now: datetime) -> None:
    """End a place whatever follows; the centre hears where nobody leads then.

    Part of a transaction that forgets a person.
    """
    was_last, was_there = is_last_leader(place), place.until is None
    place.until, place.post = place.until or now, ""
    place.parting = ""
    place.save(update_fields=["until", "post", "parting"])
    if was_there:
        codes = _codes(place, place.person)
        record("membership.ended", about=place.organisation, actor=actor, at=now, codes=codes)
    if was_last:
        _tell_who_serves(place.organisation, now=now)


def _pass_on(
    place: Membership, heir: UUID | None, reason: str, *, actor: Person, now: datetime
) -> None:
    """Hand the lead over, or tell the centre why nobody leads from now on."""
    after = heirs_of(place).filter(key=heir).first() if heir else None
    if after is not None:
        _give(after, Role.LEADER, actor=actor, now=now)
        _tell(after.person, place.organisation, code="register.team_handed_over", now=now)
    elif reason:
        place.parting = reason
        _tell_who_serves(place.organisation, now=now)
    else:
        raise Refused([Gap("team_last_leader", "reason")])


def _give(place: Membership, role: str, *, actor: Person, now: datetime) -> None:
    place.role = Role(role)
    place.save(update_fields=["role"])
    record(
        "membership.role_changed",
        about=place.organisation,
        actor=actor,
        at=now,
        codes=_codes(place, place.person),
    )


def _tell(person: Person, about: Organisation, *, code: str, now: datetime, **more: str) -> None:
    tell(
        person,
        code,
        now=now,
        about=about,
        url=reverse("register:team", args=[about.key]),
        urgent=False,
        organisation=about.name,
        **more,
    )


def tell_team(
    organisation: Organisation, code: str, *, actor: Person, now: datetime, **more: str
) -> None:
    """Tell everybody in a team, but whoever did it, what became of the organisation."""
    for place in memberships_of(organisation):
        if place.person_id != actor.pk and place.person.is_active:
            _tell(place.person, organisation, code=code, now=now, **more)


def _tell_who_serves(
    organisation: Organisation, *, now: datetime, but: Person | None = None
) -> None:
    """The centre, or administrators where none serves the region; but: whoever did it."""
    staff = list(staff_serving(organisation))
    for person in staff or administrators():
        if person == but:
            continue
        tell(
            person,
            "register.team_without_leader",
            now=now,
            about=organisation,
            url=reverse("register:without_leader") if staff else "",
            organisation=organisation.name,
        )


def _locked(key: UUID) -> Membership:
    asked = Membership.objects.get(key=key)
    Organisation.objects.select_for_update().get(pk=asked.organisation_id)
    rows = Membership.objects.select_for_update(of=("self",))
    return rows.select_related("organisation", "person").get(pk=asked.pk)


def _codes(place: Membership, person: Person) -> dict[str, str | int]:
    return {"person": str(person.key), "role": str(place.role)}
