"""Forgetting a person in trainings: rows stay as numbers, certificates are nobody's."""

from datetime import datetime

from django.db import transaction

from sinergia.people.models import Person
from sinergia.people.queries.held import addresses_to_erase
from sinergia.support.actions.enrolling import forget_enrolment
from sinergia.support.queries.enrolments import enrolments_that_are


@transaction.atomic
def erase_enrolments_of(person: Person, *, now: datetime) -> int:
    """Empty every row that is theirs; give how many. Call it before their address is emptied."""
    rows = list(enrolments_that_are(person, addresses_to_erase(person)))
    for row in rows:
        forget_enrolment(row, actor=person, now=now)
    return len(rows)
