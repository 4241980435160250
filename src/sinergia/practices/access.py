"""Who may see, write and check practices. Person first, thing second."""

from sinergia.organisations.access import acts_for, may_keep, may_serve
from sinergia.organisations.models import Organisation
from sinergia.people.models import Person
from sinergia.practices.models import Practice


def may_begin(person: Person, organisation: Organisation) -> bool:
    """Its own people; the centre of its region from the authors' words."""
    return acts_for(person, organisation) or may_serve(person, organisation)


def may_write(person: Person, practice: Practice) -> bool:
    """The organisation's own people, and the centre of its region.

    One that came from another installation is written there.
    """
    return practice.organisation is not None and may_begin(person, practice.organisation)


def may_check(person: Person, practice: Practice) -> bool:
    """Staff of the centre of its region; administrators where no centre serves the region."""
    return practice.organisation is not None and may_keep(person, practice.organisation)


def may_see(person: Person | None, practice: Practice) -> bool:
    """What is published, everybody; the rest, whoever writes or checks it."""
    if practice.stage == Practice.Stage.PUBLISHED and practice.removed_at is None:
        return True
    return person is not None and (may_write(person, practice) or may_check(person, practice))
