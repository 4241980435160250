"""Who may see and erase what is held about a person."""

from sinergia.people.access import may_administer
from sinergia.people.models import Person


def may_erase(actor: Person, person: Person) -> bool:
    """Themselves; and an administrator for somebody who asked on paper. Machines are nobody's."""
    is_theirs = actor.pk == person.pk and actor.is_active
    return not person.machine and (is_theirs or may_administer(actor))
