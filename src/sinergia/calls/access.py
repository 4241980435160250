"""Who may change funds and what their words mean, and who holds contests."""

from sinergia.organisations.access import may_lead, works_at
from sinergia.organisations.models import Centre
from sinergia.people.access import may_administer
from sinergia.people.models import Person


def may_keep_funds(person: Person) -> bool:
    """Making and naming funds, and saying what their words mean."""
    return may_administer(person)


def may_map_directions(person: Person) -> bool:
    """Saying which theme of a region a fund's direction means there."""
    return may_administer(person)


def may_hold(person: Person, centre: Centre) -> bool:
    """Setting up a contest of a centre: whoever works there."""
    return works_at(person, centre)


def may_step(person: Person, centre: Centre) -> bool:
    """Announcing, opening, ending, extending, correcting rules: the head of the centre."""
    return works_at(person, centre) and may_lead(person, centre)


def may_answer(person: Person, centre: Centre) -> bool:
    """Answering what is asked about a contest, or hiding it: whoever works at the centre."""
    return works_at(person, centre)
