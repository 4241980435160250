"""Who may change funds and what their words mean."""

from sinergia.people.access import may_administer
from sinergia.people.models import Person


def may_keep_funds(person: Person) -> bool:
    """Making and naming funds, and saying what their words mean."""
    return may_administer(person)


def may_map_directions(person: Person) -> bool:
    """Saying which theme of a region a fund's direction means there."""
    return may_administer(person)
