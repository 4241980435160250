"""Commitments are moved along: by hand on the board, and by projects that grew from them."""

from datetime import datetime

from django.db import transaction

from sinergia.engine.refusal import Gap, Refused
from sinergia.engine.text import clean_line
from sinergia.exchange.actions.commitments import Turned, locked, note_turn
from sinergia.exchange.models import Commitment, CommitmentTurn
from sinergia.exchange.queries.commitments import is_held_by_project
from sinergia.people.models import Person

State, By = Commitment.State, CommitmentTurn.By
STATES = (State.NOT_BEGUN, State.IN_WORK, State.PROJECT, State.DROPPED)


@transaction.atomic
def turn_commitment(
    commitment: Commitment, turned: Turned, *, actor: Person, now: datetime, seen: str = ""
) -> Commitment:
    """Move a commitment to another state; where it stands already nothing happens.

    seen: the state that whoever moves it saw. Raises Refused where it stands elsewhere by now,
    where it did not go and nobody says why, where it became a project and nothing proves it, and
    where a project of this site holds it: that one is put away first.
    """
    row = locked(commitment, actor)
    turned = Turned(turned.state, clean_line(turned.words), clean_line(turned.ground), turned.way)
    is_said = turned.words in ("", row.why_not) and turned.ground in ("", row.ground)
    if row.state == turned.state and is_said:
        return row
    gaps = [Gap("commitment.meanwhile")] if seen and seen != row.state else []
    gaps += gaps_of(row, turned)
    if gaps:
        raise Refused(gaps)
    note_turn(row, turned, actor=actor, now=now)
    return row


def gaps_of(row: Commitment, turned: Turned) -> list[Gap]:
    """What is against a state; the state itself is one of the board's."""
    gaps = [] if turned.state in STATES else [Gap("commitment.no_state", "state")]
    is_held = is_held_by_project(row)
    if turned.state == State.DROPPED and not turned.words:
        gaps.append(Gap("commitment.no_reason", "words"))
    is_grown = row.state == State.PROJECT and row.ground != ""
    if turned.state == State.PROJECT and not (turned.ground or is_grown or is_held):
        gaps.append(Gap("commitment.no_ground", "ground"))
    if turned.state != State.PROJECT and is_held:
        gaps.append(Gap("commitment.held", "state"))
    return gaps


def note_project(commitment: Commitment, *, is_there: bool, actor: Person, now: datetime) -> None:
    """Note that a project grew from a commitment, or that none stands any more.

    A part of beginning, putting away and taking back a project, whose own action asks who may.
    """
    row = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
    if is_held_by_project(row) != is_there:
        state = State.PROJECT if is_there else State.IN_WORK
        note_turn(row, Turned(state, way=By.PROJECT), actor=actor, now=now)
