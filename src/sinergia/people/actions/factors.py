"""Who has to prove themselves twice, and what becomes of the proofs."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import Keyed, record
from sinergia.people.access import may_administer
from sinergia.people.actions.events import Readable, send_written
from sinergia.people.actions.sessions import end_other_sessions
from sinergia.people.models import Person
from sinergia.people.queries.accounts import has_factor


@transaction.atomic
def require_second_factor(person: Person, *, actor: Keyed, now: datetime) -> Person:
    """Ask a second factor of somebody who decides; part of the action that gives the role."""
    return _ask("person.second_factor_required", person, is_asked=True, actor=actor, now=now)


@transaction.atomic
def release_second_factor(person: Person, *, actor: Keyed, now: datetime) -> Person:
    """Ask it no longer: the last role that decides was taken away. Nothing set up is removed."""
    return _ask("person.second_factor_released", person, is_asked=False, actor=actor, now=now)


@transaction.atomic
def mark_reset(person: Person) -> None:
    """Remember that who decides set a new password by a code from their mailbox alone.

    That password and a code from the same mailbox are one thing and not two; part of what the
    journal calls `person.password_reset`. With an app or a passkey nothing has to be remembered.
    """
    found = Person.objects.select_for_update().get(pk=person.pk)
    if found.must_use_mfa and not has_factor(found):
        found.password_by_mail = person.password_by_mail = True
        found.save(update_fields=["password_by_mail"])


@transaction.atomic
def give_link(
    person: Person, *, ground: str, letter: Readable, actor: Person, now: datetime
) -> str:
    """Give the token of a link by which somebody sets a password within the hour, once.

    ground, letter: as of `remove_factors`. The link is told to them by another way than e-mail.
    """
    if not may_administer(actor) or actor == person:
        raise PermissionDenied
    send_written(letter, to=person.email, is_secret=False, now=now)
    detail = {"ground": ground}
    record("person.link_given", about=person, actor=actor, at=now, detail=detail)
    return default_token_generator.make_token(person)


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
