"""Who may do what with accounts and with the installation itself."""

from sinergia.people.models import Person


def may_administer(person: Person) -> bool:
    """The installation's administrators, and the command line that stands for them."""
    return person.is_active and person.is_administrator
