"""A second factor of those who decide in the register: asked with the first such role."""

from datetime import datetime

from sinergia.organisations.queries.roles import decides
from sinergia.people.actions import release_second_factor, require_second_factor
from sinergia.people.models import Person


def settle_second_factor(person: Person, *, actor: Person, now: datetime) -> None:
    """Ask a second factor of who decides now, and no longer of who does not.

    Part of the transaction that gave a role or took one away.
    """
    settle = require_second_factor if decides(person) else release_second_factor
    settle(person, actor=actor, now=now)
