"""What the worker runs for review."""

from uuid import UUID

from django.utils import timezone

from sinergia.base.errands.actions import promise
from sinergia.base.errands.marks import in_one_transaction
from sinergia.calls.queries.contests import contest_by
from sinergia.people.actions import command_person
from sinergia.people.queries import account_by
from sinergia.review.actions import (
    accepting,
    archiving,
    assigning,
    comparing,
    publishing,
    result_letters,
)
from sinergia.review.queries.letters import readers_of, told_of
from sinergia.review.queries.proposals import assignment_by
from sinergia.review.queries.publication import publication_keyed, told_award
from sinergia.review.words.results import letters_said

LETTERS = 100  # awards whose readers one errand tells


def find_conflicts(key: str, actor: str = "", expert: str = "") -> None:
    """Compare the experts of a contest, or one of them, with its applications.

    actor: who asked for it; "" where it is done by itself.
    """
    contest, now = contest_by(key), timezone.now()
    person = account_by(UUID(actor)) if actor else command_person(now)
    if contest is not None and person is not None:
        comparing.find_conflicts(contest, actor=person, now=now, expert=expert)


def make_assignment(key: str) -> None:
    """Propose who is to read what."""
    assignment = assignment_by(key)
    if assignment is not None:
        assigning.make_assignment(assignment, now=timezone.now())


def give_readings(key: str, actor: str) -> None:
    """Give the readings of an accepted assignment."""
    assignment, person = assignment_by(key), account_by(UUID(actor))
    if assignment is not None and person is not None:
        accepting.give_readings(assignment, actor=person, now=timezone.now())


@in_one_transaction
def tell_experts(key: str, past: str = "0") -> None:
    """Tell the next experts of an accepted assignment what they got."""
    assignment, now = assignment_by(key), timezone.now()
    if assignment is None:
        return
    last = accepting.tell_some(assignment, past=int(past), now=now)
    if last:
        promise("review.tell_experts", now=now, key=key, past=last)


@in_one_transaction
def publish(key: str) -> None:
    """Tell a result at its moment."""
    found = publication_keyed(key)
    if found is not None:
        publishing.publish_due(found.contest, now=timezone.now())


@in_one_transaction
def write_outcomes(key: str, past: str = "0") -> None:
    """Write what became of the next applications; those who are left are promised with it."""
    found, now = publication_keyed(key), timezone.now()
    if found is None:
        return
    last = publishing.write_some_outcomes(found, past=int(past), now=now)
    if last:
        once = f"write_outcomes:{key}:{last}"
        promise("review.write_outcomes", now=now, once=once, key=key, past=last)


@in_one_transaction
def queue_letters(key: str, past: str = "0") -> None:
    """Tell the next readers; who was told and the promise for the others are committed together.

    It goes before the letters that it promises, else those who come last learn of it by the hour.
    """
    found, now = publication_keyed(key), timezone.now()
    if found is None:
        return
    awards = list(told_of(found.contest).filter(pk__gt=int(past))[:LETTERS])
    result_letters.queue_letters(letters_said(found, readers_of(awards)), now=now)
    if len(awards) == LETTERS:
        last = awards[-1].pk
        once = f"queue_letters:{key}:{last}"
        promise("review.queue_letters", now=now, once=once, is_urgent=True, key=key, past=last)


def make_archive(key: str) -> None:
    """Make the archive by which anybody counts the result anew."""
    found, now = publication_keyed(key), timezone.now()
    if found is not None:
        archiving.make_archive(found.contest, actor=command_person(now), now=now)


@in_one_transaction
def tell_promoted(key: str) -> None:
    """Tell those who moved up from the reserve list."""
    told = told_award(key)
    if told is not None:
        award, publication = told
        letters = letters_said(publication, readers_of([award]))
        result_letters.tell_once_more(letters, now=timezone.now())
