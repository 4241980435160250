"""Readers ask the authors of a practice for its whole passport."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from sinergia.base.journal.actions import record
from sinergia.notices.actions import tell
from sinergia.organisations.queries.roles import capacities_of, organisations_of
from sinergia.people.models import Person
from sinergia.practices.access import may_ask
from sinergia.practices.actions.saving import locked_by_anybody
from sinergia.practices.models import PassportAsk, Practice
from sinergia.practices.queries.adoptions import people_told


@transaction.atomic
def ask_for_passport(practice: Practice, *, actor: Person, now: datetime) -> PassportAsk:
    """Tell the authors that somebody wants to read the rest; asking twice is harmless."""
    practice = locked_by_anybody(practice)
    if practice.organisation is None or not may_ask(actor, practice):
        raise PermissionDenied
    known = PassportAsk.objects.filter(practice=practice, by=actor.key).first()
    if known is not None:
        return known
    made = PassportAsk.objects.create(practice=practice, by=actor.key, at=now)
    record("practice.passport_asked", about=practice, actor=actor, at=now)
    url = reverse("practices:writing", args=[practice.key])
    who = _asker(actor)
    for person in people_told(practice.organisation):
        tell(
            person, "practices.passport_asked", now=now, about=practice, url=url,
            title=practice.title, organisation=who,
        )  # fmt: skip
    return made


def _asker(person: Person) -> str:
    """Whose people ask: an organisation, else the centre at which somebody works."""
    own = organisations_of(person).first()
    return own.name if own is not None else capacities_of(person)[0].name
