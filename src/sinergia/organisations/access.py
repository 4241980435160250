"""Who may see what of the register."""

from sinergia.organisations.models import Identifier
from sinergia.people.access import may_administer
from sinergia.people.models import Person


def may_see_number(person: Person | None, number: Identifier) -> bool:
    """Numbers of organisations are public; a person's number is for administrators alone."""
    return number.is_public or (person is not None and may_administer(person))
