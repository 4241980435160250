"""Owners are reminded of their day, and asked after months what became of it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sinergia.base.journal.actions import record
from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean_line
from sinergia.exchange import access
from sinergia.exchange.actions.commitments import Turned, note_turn
from sinergia.exchange.actions.turning import gaps_of
from sinergia.exchange.models import (
    Asked,
    Commitment,
    CommitmentReminder,
    CommitmentTurn,
    Delegate,
    FeedbackAsked,
)
from sinergia.exchange.queries.following import kind_due, to_ask
from sinergia.people.actions import command_person
from sinergia.people.models import Person


@transaction.atomic
def remind(commitment: Commitment, *, today: date, now: datetime) -> CommitmentReminder | None:
    """Note that an owner is reminded now; none where there is no need, or it was done."""
    rows = Commitment.objects.select_for_update(of=("self",))
    row = rows.get(pk=commitment.pk)
    kind = kind_due(row, today=today)
    if kind is None or row.due_on is None:
        return None
    made, is_new = CommitmentReminder.objects.get_or_create(
        commitment=row, kind=kind, due_on=row.due_on, defaults={"at": now}
    )
    if not is_new:
        return None
    codes = {"kind": str(kind)}
    record("commitment.reminded", about=row, actor=command_person(now), at=now, codes=codes)
    return made


@transaction.atomic
def ask_owner(delegate: Delegate, months: int, *, today: date, now: datetime) -> list[Asked]:
    """Ask a delegate of each commitment that was not asked of yet; give those that are new."""
    Delegate.objects.select_for_update(of=("self",)).get(pk=delegate.pk)
    made = [
        Asked.objects.create(commitment=row, months=months, asked_at=now)
        for row in to_ask(delegate, months, today=today)
    ]
    codes = {"months": str(months)}
    for one in made:
        actor = command_person(now)
        record("commitment.asked", about=one.commitment, actor=actor, at=now, codes=codes)
    return made


@transaction.atomic
def answer(
    asked: Asked, turned: Turned, *, actor: Person | None, delegate: Delegate | None, now: datetime
) -> Asked:
    """Say what became of a commitment; it comes to that state. Said once more it is corrected.

    actor: none where it is said by the delegate's own link, then `delegate` is whose link it is.
    """
    rows = Commitment.objects.select_for_update(of=("self",)).select_related(
        "delegate__visit", "organisation"
    )
    row = rows.get(pk=asked.commitment_id)
    _allow(row, actor, delegate)
    found = Asked.objects.select_for_update().get(pk=asked.pk)
    way = CommitmentTurn.By.ASKED
    given = Turned(turned.state, clean_line(turned.words), clean_line(turned.ground), way)
    if (found.state, found.words, found.ground) == (given.state, given.words, given.ground):
        return found
    gaps = [Gap("commitment.gone")] if row.state == Commitment.State.TAKEN_BACK else []
    gaps += gaps_of(row, given)
    if gaps:
        raise Refused(gaps)
    found.state, found.words, found.ground = given.state, given.words, given.ground
    by = actor or row.delegate
    found.by, found.answered_at = by.key, now
    found.save(update_fields=["state", "words", "ground", "by", "answered_at"])
    note_turn(row, given, actor=by, now=now)
    return found


@transaction.atomic
def ask_feedback(delegate: Delegate, *, now: datetime) -> bool:
    """Note that a delegate is asked what they thought; whether it was not done before."""
    _row, is_new = FeedbackAsked.objects.get_or_create(delegate=delegate, defaults={"at": now})
    return is_new


def owners_told(delegate: Delegate, helpers: Sequence[Person]) -> list[Person]:
    """Accounts that are told: the delegate's, and who helps them; each once."""
    people = [delegate.person, *helpers]
    return list(dict.fromkeys(one for one in people if one is not None and one.is_active))


def _allow(row: Commitment, actor: Person | None, delegate: Delegate | None) -> None:
    if actor is not None:
        is_allowed = access.may_change_commitment(actor, row)
    else:
        is_allowed = delegate is not None and delegate.pk == row.delegate_id
    if not is_allowed:
        raise PermissionDenied
