"""Who may see, write and check practices. Person first, thing second."""

from sinergia.organisations.access import acts_for, may_keep, may_look_inside
from sinergia.organisations.models import CentreStaff, Membership, Organisation
from sinergia.people.access import may_administer
from sinergia.people.models import Person
from sinergia.practices.models import Adoption, Practice


def may_begin(person: Person, organisation: Organisation) -> bool:
    """Its own people; from their words the centre of its region, administrators where none is."""
    return may_look_inside(person, organisation)


def may_write(person: Person, practice: Practice) -> bool:
    """The organisation's own people, and the centre of its region.

    One that came from another installation is written there.
    """
    return practice.organisation is not None and may_begin(person, practice.organisation)


def may_check(person: Person, practice: Practice) -> bool:
    """Staff of the centre of its region; administrators where no centre serves the region."""
    return practice.organisation is not None and may_keep(person, practice.organisation)


def may_put_back(person: Person, practice: Practice, *, is_by_centre: bool) -> bool:
    """Whoever may take it out of the catalogue; what the centre took out, the centre alone."""
    return may_check(person, practice) if is_by_centre else may_write(person, practice)


def is_author(person: Person, practice: Practice) -> bool:
    """Whether a person writes as one of the organisation, not from its words."""
    return practice.organisation is not None and acts_for(person, practice.organisation)


def may_see(person: Person | None, practice: Practice) -> bool:
    """What is published, everybody; the rest, whoever writes or checks it."""
    if practice.stage == Practice.Stage.PUBLISHED and practice.removed_at is None:
        return True
    return person is not None and (may_write(person, practice) or may_check(person, practice))


def may_ask(person: Person, practice: Practice) -> bool:
    """Asking for the whole passport: people of other organisations, and of centres elsewhere."""
    is_there = practice.stage == Practice.Stage.PUBLISHED and practice.removed_at is None
    if not is_there or practice.organisation is None or not person.is_active:
        return False
    teams, work = (
        one.objects.filter(person=person, until=None) for one in (Membership, CentreStaff)
    )
    return (teams.exists() or work.exists()) and not may_write(person, practice)


def may_lead_adoption(person: Person, adoption: Adoption) -> bool:
    """Whoever takes the practice home: its people, and the centre of its region."""
    return may_begin(person, adoption.organisation)


def may_help(person: Person, adoption: Adoption) -> bool:
    """The authors' people, and the centre of their region."""
    return may_write(person, adoption.practice)


def may_see_adoption(person: Person, adoption: Adoption) -> bool:
    """The people of both organisations and of their centres."""
    return may_lead_adoption(person, adoption) or may_help(person, adoption)


def may_confirm_adoption(person: Person, adoption: Adoption) -> bool:
    """Somebody else than who says that it is proven, and nobody of the adopter's own people.

    The authors' people, or a consultant of either centre.
    """
    if person.key == adoption.said_by or acts_for(person, adoption.organisation):
        return False
    return may_see_adoption(person, adoption)


def may_keep_feeds(person: Person) -> bool:
    """Heads of centres and administrators: what comes by a feed stands in everybody's catalogue."""
    heads = CentreStaff.objects.filter(person=person, until=None, role=CentreStaff.Role.HEAD)
    return may_administer(person) or (person.is_active and heads.exists())
