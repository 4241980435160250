"""The right to administer the whole site is given by the command line and ended here."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.notices.actions import tell
from sinergia.organisations.actions.factors import settle_second_factor
from sinergia.people.access import may_administer
from sinergia.people.models import Person
from sinergia.people.queries.accounts import has_other_administrators


@transaction.atomic
def release_administrator(person: Person, *, actor: Person, now: datetime) -> Person:
    """Take the right to administer away, or give one's own up; pressing twice is harmless.

    Raises Refused for the last one: nobody could be let in any more.
    """
    # Of two who release each other at once the second finds nobody left.
    rows = Person.objects.select_for_update().filter(is_administrator=True).order_by("pk")
    held = {one.pk: one for one in rows}
    if not may_administer(held.get(actor.pk, actor)):
        raise PermissionDenied
    found = held.get(person.pk)
    if found is None:
        return person
    if not has_other_administrators(found):
        raise Refused([Gap("administrator_last")])
    found.is_administrator = False
    found.save(update_fields=["is_administrator"])
    record("person.released_administrator", about=found, actor=actor, at=now)
    settle_second_factor(found, actor=actor, now=now)
    if found != actor:
        tell(found, "register.released_administrator", now=now, about=found)
    return found
