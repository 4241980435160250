"""Who may change what is known of places."""

from sinergia.people.access import may_administer
from sinergia.people.models import Person


def may_load_places(person: Person) -> bool:
    """Lists of regions and their maps and figures are the installation's own business."""
    return may_administer(person)


def may_name_places(person: Person) -> bool:
    """Saying which region a spelling means, naming its themes."""
    return may_administer(person)
