"""Who has to prove themselves twice, and what becomes of the proofs."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import Keyed, record
from sinergia.people.access import may_administer
from sinergia.people.actions.events import Readable, send_written
from sinergia.people.actions.sessions import end_other_sessions
from sinergia.people.models import Person


@transaction.atomic
def require_second_factor(person: Person, *, actor: Keyed, now: datetime) -> Person:
    """Ask a second factor of somebody who decides; part of the action that gives the role."""
    return _ask("person.second_factor_required", person, is_asked=True, actor=actor, now=now)


@transaction.atomic
def release_second_factor(person: Person, *, actor: Keyed, now: datetime) -> Person:
    """Ask it no longer: the last role that decides was taken away. Nothing set up is removed."""
    return _ask("person.second_factor_released", person, is_asked=False, actor=actor, now=now)


@transaction.atomic
def remove_factors(
    person: Person, *, ground: str, letter: Readable, actor: Person, now: datetime
) -> int:
    """Take every second factor from somebody who lost them; end their sessions; give how many.

    ground: how they asked and how it was made sure that it is them; the journal keeps it erasable.
    letter: tells the owner, in case it was not they who asked.
    """
    if not may_administer(actor):
        raise PermissionDenied
    found = Person.objects.select_for_update().get(pk=person.pk)
    count = int(Authenticator.objects.filter(user=found).delete()[0])
    end_other_sessions(found, current="", actor=actor, now=now)
    send_written(letter, to=found.email, is_secret=False, now=now)
    if count:
        record(
            "person.factors_removed",
            about=found,
            actor=actor,
            at=now,
            codes={"count": count},
            detail={"ground": ground},
        )
    return count


def _ask(verb: str, person: Person, *, is_asked: bool, actor: Keyed, now: datetime) -> Person:
    found = Person.objects.select_for_update().get(pk=person.pk)
    if found.must_use_mfa != is_asked:
        found.must_use_mfa = is_asked
        found.save(update_fields=["must_use_mfa"])
        record(verb, about=found, actor=actor, at=now)
    person.must_use_mfa = is_asked
    return found
