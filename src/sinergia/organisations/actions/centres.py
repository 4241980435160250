"""Resource centres and those who work there: made, invited, given a role, let go."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.notices.actions import tell
from sinergia.organisations.access import may_lead, may_make_centres
from sinergia.organisations.actions.claims import hand_over
from sinergia.organisations.actions.factors import settle_second_factor
from sinergia.organisations.models import Centre, CentreRegion, CentreStaff, Claim, Organisation
from sinergia.organisations.queries.invitations import CENTRE
from sinergia.organisations.queries.roles import administrators
from sinergia.organisations.queries.teams import is_last_head, staff_rows
from sinergia.people.access import may_administer
from sinergia.people.actions import InvitationLetter, invite, withdraw_invitation
from sinergia.people.models import Invitation, Person
from sinergia.places.models import Region

Role = CentreStaff.Role


@transaction.atomic
def make_centre(
    organisation: Organisation,
    regions: Sequence[Region],
    time_zone: str,
    *,
    actor: Person,
    now: datetime,
) -> Centre:
    """Make a centre of an organisation; pressing twice gives the one that is there.

    Raises Refused for a region that another centre serves.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not may_make_centres(actor):
        raise PermissionDenied
    known = Centre.objects.filter(organisation=organisation).first()
    if known is not None:
        return known
    centre = Centre.objects.create(organisation=organisation, time_zone=time_zone, made_at=now)
    codes = _serve(centre, regions, now=now)
    record("centre.made", about=centre, actor=actor, at=now, codes=codes)
    return centre


@transaction.atomic
def change_centre(
    centre: Centre, regions: Sequence[Region], time_zone: str, *, actor: Person, now: datetime
) -> Centre:
    """Say which regions a centre serves, and by which clock it works."""
    centre = Centre.objects.select_for_update().get(pk=centre.pk)
    if not may_make_centres(actor):
        raise PermissionDenied
    centre.time_zone = time_zone
    centre.save(update_fields=["time_zone"])
    codes = _serve(centre, regions, now=now)
    record("centre.changed", about=centre, actor=actor, at=now, codes=codes)
    return centre


@transaction.atomic
def invite_to_centre(
    centre: Centre,
    role: str,
    *,
    ends_at: datetime,
    actor: Person,
    now: datetime,
    email: str = "",
    letter: InvitationLetter | None = None,
) -> tuple[Invitation, str]:
    """Make a link to work at a centre; give its token, which is told once."""
    centre = Centre.objects.select_for_update().get(pk=centre.pk)
    if not may_lead(actor, centre):
        raise PermissionDenied
    return invite(
        CENTRE,
        centre.key,
        Role(role),
        email=email,
        ends_at=ends_at,
        actor=actor,
        now=now,
        letter=letter,
    )


@transaction.atomic
def withdraw_from_centre(
    centre: Centre, invitation: Invitation, *, actor: Person, now: datetime
) -> Invitation:
    """Make a link to a centre worthless; twice is harmless."""
    if not may_lead(actor, centre):
        raise PermissionDenied
    return withdraw_invitation(invitation, actor=actor, now=now)


def join_centre(
    centre: Centre, person: Person, role: str, *, actor: Person, now: datetime
) -> CentreStaff:
    """Give work at a centre; part of a transaction that has locked the centre.

    Whoever works there already may only rise by it; whoever left comes back.
    """
    rows = CentreStaff.objects.select_for_update()
    work = rows.filter(centre=centre, person=person).first()
    if work is not None and work.until is None and Role.HEAD in (work.role, role):
        work.role = Role.HEAD
    elif work is None or work.until is not None:
        work = work or CentreStaff(centre=centre, person=person)
        work.role, work.since, work.until, work.parting = Role(role), now, None, ""
    work.save()
    record("centre.staff_given", about=centre, actor=actor, at=now, codes=_codes(work, person))
    settle_second_factor(person, actor=actor, now=now)
    return work


@transaction.atomic
def change_staff_role(
    centre: Centre, person: UUID, role: str, *, actor: Person, now: datetime
) -> CentreStaff:
    """Give somebody of a centre another role; pressing twice is harmless.

    Raises Refused where the centre would have no head then, an administrator may do even that; and
    for who would make themselves a head: two people stand behind every role.
    """
    work = _locked(centre, person)
    if not may_lead(actor, work.centre):
        raise PermissionDenied
    if work.until is not None:
        raise Refused([Gap("staff_left_already")])
    if work.role == role:
        return work
    if work.person_id == actor.pk and role == Role.HEAD:
        raise Refused([Gap("role_own")])
    if is_last_head(work) and not may_administer(actor):
        raise Refused([Gap("staff_last_head")])
    _give(work, role, actor=actor, now=now)
    if actor != work.person:
        _tell(work.person, work.centre, code="register.staff_role", now=now, role=work.role)
    return work


@transaction.atomic
def end_work(
    centre: Centre,
    person: UUID,
    *,
    actor: Person,
    now: datetime,
    heir: UUID | None = None,
    reason: str = "",
) -> CentreStaff:
    """Let somebody of a centre go, or leave it oneself; pressing twice is harmless.

    The last head does not leave silently: `heir` (the key of a colleague) heads after them, or
    `reason` is told to the administrators, who alone may let a last head go as they are.
    Raises Refused where neither is said.
    """
    work = _locked(centre, person)
    is_own = work.person_id == actor.pk
    if not (is_own or may_lead(actor, work.centre)):
        raise PermissionDenied
    if work.until is not None:
        return work
    if is_last_head(work) and (is_own or not may_administer(actor)):
        _pass_on(work, heir, reason, actor=actor, now=now)
    _end(work, actor=actor, now=now)
    if not is_own:
        _tell(work.person, work.centre, code="register.staff_let_go", now=now, url="")
    return work


def part(work: CentreStaff, *, actor: Person, now: datetime) -> None:
    """End somebody's work whatever follows; administrators hear where nobody heads then.

    Part of a transaction that forgets a person.
    """
    was_last = is_last_head(work)
    work.parting = ""
    if work.until is None:
        _end(work, actor=actor, now=now)
    work.save(update_fields=["parting"])
    if was_last:
        _tell_administrators(work.centre, now=now)


def _serve(centre: Centre, regions: Sequence[Region], *, now: datetime) -> dict[str, str | int]:
    """Write which regions it serves, and hand over their requests; give codes for the journal."""
    taken = CentreRegion.objects.filter(region__in=regions).exclude(centre=centre)
    if taken.exists():
        raise Refused([Gap("centre_region_taken", "regions")])
    served = CentreRegion.objects.filter(centre=centre)
    known, wanted = set(served.values_list("region", flat=True)), {one.pk for one in regions}
    served.exclude(region__in=wanted).delete()
    CentreRegion.objects.bulk_create(
        CentreRegion(centre=centre, region_id=pk) for pk in sorted(wanted - known)
    )
    hand_over(Claim.objects.filter(organisation__region__in=wanted ^ known), now=now)
    return {"regions": " ".join(sorted(one.code for one in regions))}


def _pass_on(
    work: CentreStaff, heir: UUID | None, reason: str, *, actor: Person, now: datetime
) -> None:
    """Hand the headship over, or tell the administrators why nobody heads from now on."""
    others = staff_rows(work.centre).exclude(pk=work.pk).filter(person__is_active=True)
    after = others.filter(person__key=heir).first() if heir else None
    if after is not None:
        _give(after, Role.HEAD, actor=actor, now=now)
        _tell(after.person, work.centre, code="register.staff_handed_over", now=now)
    elif reason:
        work.parting = reason
        _tell_administrators(work.centre, now=now)
    else:
        raise Refused([Gap("staff_last_head")])


def _give(work: CentreStaff, role: str, *, actor: Person, now: datetime) -> None:
    work.role = Role(role)
    work.save(update_fields=["role"])
    codes = _codes(work, work.person)
    record("centre.staff_role_changed", about=work.centre, actor=actor, at=now, codes=codes)


def _end(work: CentreStaff, *, actor: Person, now: datetime) -> None:
    work.until = now
    work.save(update_fields=["until", "parting"])
    codes = _codes(work, work.person)
    record("centre.staff_ended", about=work.centre, actor=actor, at=now, codes=codes)
    settle_second_factor(work.person, actor=actor, now=now)


def _tell(
    person: Person, centre: Centre, *, code: str, now: datetime, url: str | None = None, **more: str
) -> None:
    page = reverse("register:centre", args=[centre.key]) if url is None else url
    name = centre.organisation.name
    tell(person, code, now=now, about=centre, url=page, urgent=False, centre=name, **more)


def _tell_administrators(centre: Centre, *, now: datetime) -> None:
    for person in administrators():
        _tell(person, centre, code="register.centre_without_head", now=now)


def _locked(centre: Centre, person: UUID) -> CentreStaff:
    Centre.objects.select_for_update().get(pk=centre.pk)
    rows = CentreStaff.objects.select_for_update(of=("self",))
    return rows.select_related("centre__organisation", "person").get(
        centre=centre, person__key=person
    )


def _codes(work: CentreStaff, person: Person) -> dict[str, str | int]:
    return {"person": str(person.key), "role": str(work.role)}
