"""Who may see and do what in the register. Person first, thing second."""

from django.db.models import QuerySet

from sinergia.organisations.models import (
    Centre,
    CentreStaff,
    Membership,
    Organisation,
)
from sinergia.people.access import may_administer
from sinergia.people.models import Person


def may_look_inside(person: Person, organisation: Organisation) -> bool:
    """Its own people, and the centre that serves its region."""
    return acts_for(person, organisation) or may_serve(person, organisation)


def may_edit(person: Person, organisation: Organisation) -> bool:
    """Whoever is inside may write; what the centre writes says from whose words."""
    return may_look_inside(person, organisation)


def may_speak_for(person: Person, organisation: Organisation) -> bool:
    """Its leaders, and nobody for them: they submit, sign, and take others in."""
    return acts_for(person, organisation, Membership.Role.LEADER)


def may_lead_team(person: Person, organisation: Organisation) -> bool:
    """Who takes people in and lets them go: its leaders, and the centre where there is a need."""
    return may_speak_for(person, organisation) or may_serve(person, organisation)


def may_serve(person: Person, organisation: Organisation) -> bool:
    """Staff of the centre that serves the organisation's region."""
    return person.is_active and _work(person, organisation.region_id).exists()


def may_lead_service(person: Person, organisation: Organisation) -> bool:
    """The head of the centre that serves the organisation's region."""
    work = _work(person, organisation.region_id).filter(role=CentreStaff.Role.HEAD)
    return person.is_active and work.exists()


def may_merge(person: Person, organisation: Organisation) -> bool:
    """Staff of the centre that serves its region; administrators where no centre does."""
    if may_serve(person, organisation):
        return True
    is_served = Centre.objects.filter(regions__region=organisation.region_id).exists()
    return may_administer(person) and not (organisation.region_id and is_served)


def works_at(person: Person, centre: Centre) -> bool:
    """Anybody who works at a centre now."""
    staff = CentreStaff.objects.filter(person=person, centre=centre, until=None)
    return person.is_active and staff.exists()


def may_lead(person: Person, centre: Centre) -> bool:
    """The head of a centre takes staff in and lets them go; an administrator names the first."""
    staff = CentreStaff.objects.filter(person=person, centre=centre, until=None)
    is_head = staff.filter(role=CentreStaff.Role.HEAD).exists()
    return person.is_active and (is_head or may_administer(person))


def may_load_register(person: Person) -> bool:
    """Administrators for every region, staff for the regions their centre serves."""
    staff = CentreStaff.objects.filter(person=person, until=None)
    return person.is_active and (may_administer(person) or staff.exists())


def acts_for(person: Person, organisation: Organisation, *roles: str) -> bool:
    """Whether a person is in an organisation's team now, in one of `roles` where they are given."""
    theirs = Membership.objects.filter(person=person, organisation=organisation, until=None)
    return person.is_active and (theirs.filter(role__in=roles) if roles else theirs).exists()


def _work(person: Person, region_id: int | None) -> QuerySet[CentreStaff]:
    return CentreStaff.objects.filter(
        person=person, until=None, centre__regions__region=region_id, centre__regions__isnull=False
    )
