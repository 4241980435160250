"""Who may see and do what in the register. Person first, thing second.

`docs/permissions.md` shows it by addresses; `tests/organisations/test_access.py` by these verbs.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from sinergia.organisations.models import (
    Centre,
    CentreRegion,
    CentreStaff,
    Claim,
    Membership,
    Organisation,
    Question,
)
from sinergia.people.access import may_administer
from sinergia.people.models import Person
from sinergia.places.models import Region

LEADERS_ALONE = timedelta(days=3)  # so long a request to join waits for its leaders alone
MOVE = "region_changed"  # the code of a question whether an organisation has left its region


def may_look_inside(person: Person, organisation: Organisation) -> bool:
    """Its own people, and whoever keeps it in the register."""
    return acts_for(person, organisation) or may_keep(person, organisation)


def may_edit(person: Person, organisation: Organisation) -> bool:
    """Whoever is inside may write; what the centre writes says from whose words."""
    return may_look_inside(person, organisation)


def may_speak_for(person: Person, organisation: Organisation) -> bool:
    """Its leaders, and nobody for them: they submit, sign, and take others in."""
    return acts_for(person, organisation, Membership.Role.LEADER)


def may_lead_team(person: Person, organisation: Organisation) -> bool:
    """Who takes people in and lets them go: its leaders, and the centre where there is a need."""
    return may_speak_for(person, organisation) or may_serve(person, organisation)


def may_see_former_people(person: Person, organisation: Organisation) -> bool:
    """Who has left is remembered for the centre, not for those who stayed."""
    return may_serve(person, organisation)


def may_serve(person: Person, organisation: Organisation) -> bool:
    """Staff of the centre that serves the organisation's region."""
    return person.is_active and _work(person, organisation.region_id).exists()


def may_keep(person: Person, organisation: Organisation) -> bool:
    """Who writes what the register says: the centre of its region; else administrators."""
    if may_serve(person, organisation):
        return True
    return may_administer(person) and not is_served(organisation.region_id)


def may_place(person: Person, region: Region) -> bool:
    """Say of an organisation of no region that it is in this one: its centre, administrators."""
    return person.is_active and (may_administer(person) or _work(person, region.pk).exists())


def may_merge(person: Person, *regions: int | None) -> bool:
    """Make one of organisations of these regions: the centre that serves all of them.

    Administrators where no centre does: of what nobody serves, and across the border of two.
    """
    if all(_work(person, region).exists() for region in set(regions)):
        return person.is_active
    return may_administer(person) and not _is_of_one_centre(regions)


def may_settle_claim(person: Person, claim: Claim, *, now: datetime) -> bool:
    """Who says whether somebody may act for an organisation; never whoever asked.

    Its leaders where it has some, for three days they alone; then, and where it has none, staff of
    the centre that serves its region. Administrators where that centre has nobody else to ask.
    """
    if person.pk == claim.person_id or not person.is_active:
        return False
    organisation = claim.organisation
    if may_speak_for(person, organisation):
        return True
    is_young = now < claim.raised_at + LEADERS_ALONE
    if is_young and has_leader(organisation, but=claim.person_id):
        return False
    if may_serve(person, organisation):
        return True
    others = _staff_of(organisation.region_id).exclude(person=claim.person_id)
    return may_administer(person) and not others.exists()


def may_write_for_group(person: Person, region: Region) -> bool:
    """Staff of the centre that serves a region write down groups from their people's words."""
    return person.is_active and _work(person, region.pk).exists()


def works_at(person: Person, centre: Centre) -> bool:
    """Anybody who works at a centre now."""
    staff = CentreStaff.objects.filter(person=person, centre=centre, until=None)
    return person.is_active and staff.exists()


def may_lead(person: Person, centre: Centre) -> bool:
    """The head of a centre takes staff in and lets them go; an administrator names the first."""
    staff = CentreStaff.objects.filter(person=person, centre=centre, until=None)
    is_head = staff.filter(role=CentreStaff.Role.HEAD).exists()
    return person.is_active and (is_head or may_administer(person))


def may_make_centres(person: Person) -> bool:
    """Administrators say which organisation is a centre, and which regions it serves."""
    return may_administer(person)


def may_name_official(person: Person, region: Region) -> bool:
    """The head of the centre that serves a region, and administrators."""
    heads = _work(person, region.pk).filter(role=CentreStaff.Role.HEAD)
    return person.is_active and (may_administer(person) or heads.exists())


def may_load_for(person: Person, centre: Centre | None) -> bool:
    """Files of the register: staff for their centre, administrators for every region."""
    if centre is None:
        return may_administer(person)
    return may_administer(person) or works_at(person, centre)


def may_settle(person: Person, question: Question) -> bool:
    """Staff of the centre that loaded the file, or serves the region; administrators for theirs.

    Whether an organisation has left its region, administrators too, and the centre where it is now.
    """
    regions = [question.region_id]
    if question.code == MOVE and question.organisation is not None:
        regions.append(question.organisation.region_id)
    theirs = Q(centre=question.centre_id) if question.centre_id else Q(pk=None)
    theirs |= Q(centre__regions__region__in=[one for one in regions if one is not None])
    staff = CentreStaff.objects.filter(theirs, person=person, until=None)
    is_theirs = question.centre_id is None or question.code == MOVE
    return (is_theirs and may_administer(person)) or (person.is_active and staff.exists())


def may_let_go(person: Person, question: Question) -> bool:
    """Let an organisation go to another region: the centre where it stands, and administrators.

    Where no centre serves that region, whoever may settle the question.
    """
    organisation = question.organisation
    if organisation is None or not is_served(organisation.region_id):
        return may_settle(person, question)
    return may_administer(person) or may_serve(person, organisation)


def may_write_for(person: Person, question: Question, region_id: int | None) -> bool:
    """Write in a region what a row that waits says: the centre that serves the region.

    Of a load for every region, administrators too.
    """
    if question.centre_id is None and may_administer(person):
        return True
    return _work(person, region_id).exists()


def may_map_fields(person: Person, region: Region) -> bool:
    """Staff of the centre that serves a region; administrators for every region."""
    return person.is_active and (may_administer(person) or _work(person, region.pk).exists())


def acts_for(person: Person, organisation: Organisation, *roles: str) -> bool:
    """Whether a person is in an organisation's team now, in one of `roles` where they are given."""
    theirs = Membership.objects.filter(person=person, organisation=organisation, until=None)
    return person.is_active and (theirs.filter(role__in=roles) if roles else theirs).exists()


def has_leader(organisation: Organisation, *, but: int) -> bool:
    """Whether somebody with an account leads an organisation now, beside the person `but`."""
    leaders = Membership.objects.filter(organisation=organisation, until=None)
    others = leaders.filter(role=Membership.Role.LEADER, person__is_active=True)
    return others.exclude(person=but).exists()


def is_served(region_id: int | None) -> bool:
    """Whether a centre serves a region; what lies in none is served by nobody."""
    return CentreRegion.objects.filter(region=region_id, region__isnull=False).exists()


def _is_of_one_centre(regions: Sequence[int | None]) -> bool:
    found = CentreRegion.objects.filter(region__in=[one for one in regions if one is not None])
    centre_of = dict(found.values_list("region_id", "centre_id"))
    centres = {centre_of.get(region or 0) for region in regions}
    return len(centres) == 1 and None not in centres


def _work(person: Person, region_id: int | None) -> QuerySet[CentreStaff]:
    return _staff_of(region_id).filter(person=person)


def _staff_of(region_id: int | None) -> QuerySet[CentreStaff]:
    """Who works at the centre that serves a region; nobody serves what lies in none."""
    return CentreStaff.objects.filter(
        until=None,
        person__is_active=True,
        centre__regions__region=region_id,
        centre__regions__isnull=False,
    )
