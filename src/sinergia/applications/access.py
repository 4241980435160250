"""Who may do what with applications."""

from sinergia.applications.models import Submission
from sinergia.organisations.access import acts_for, works_at
from sinergia.organisations.models import Centre
from sinergia.people.access import may_administer
from sinergia.people.models import Person


def may_load(person: Person) -> bool:
    """Whoever administers loads files, and so does the command line."""
    return may_administer(person)


def may_settle(person: Person) -> bool:
    """Whoever administers decides what awaits a person, and what a fund's word means."""
    return may_administer(person)


def may_enter(person: Person) -> bool:
    """Whoever administers enters an application by hand."""
    return may_administer(person)


def may_screen(person: Person, centre: Centre) -> bool:
    """Registering and admitting what came to a contest: whoever works at its centre."""
    return works_at(person, centre)


def may_confirm(person: Person, submission: Submission) -> bool:
    """Adding the signed document: the organisation's own people."""
    return acts_for(person, submission.organisation)
