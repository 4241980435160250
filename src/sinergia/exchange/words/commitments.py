"""Commitments in words: states, columns of the board, what stands in a list, history."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sinergia.base.journal.models import Entry
from sinergia.base.ui.templatetags.figures import count
from sinergia.exchange.models import Commitment, CommitmentTurn, Delegate
from sinergia.exchange.queries.commitments import SHOWN, CommitmentFilter

State = Commitment.State
BADGES = {
    State.NOT_BEGUN: "neutral",
    State.IN_WORK: "info",
    State.PROJECT: "ok",
    State.DROPPED: "bad",
}
# What a button of the board says; those that ask for words are links to a page.
MOVES = {
    State.NOT_BEGUN: pgettext_lazy("commitment", "Not begun after all"),
    State.IN_WORK: pgettext_lazy("commitment", "Take it up"),
    State.PROJECT: pgettext_lazy("commitment", "Became a project…"),
    State.DROPPED: pgettext_lazy("commitment", "Did not go…"),
}
ASKS_WORDS = (State.PROJECT, State.DROPPED)
NEAREST = {
    State.NOT_BEGUN: (State.IN_WORK, State.DROPPED),
    State.IN_WORK: (State.PROJECT, State.NOT_BEGUN, State.DROPPED),
    State.PROJECT: (State.IN_WORK,),
    State.DROPPED: (State.IN_WORK,),
}


@dataclass(frozen=True)
class Move:
    """A way on: the state, the words of its button, whether it asks for words first."""

    state: str
    label: str
    asks: bool


@dataclass(frozen=True)
class Card:
    """A commitment on the board. moves: none for who may only read."""

    row: Commitment
    is_overdue: bool
    kind: str
    moves: Sequence[Move]

    @property
    def anchor(self) -> str:
        """Its place on the board, after `#c-`."""
        return str(self.row.key)


@dataclass(frozen=True)
class Column:
    """A state and what stands in it."""

    state: str
    title: str
    kind: str
    cards: Sequence[Card]


@dataclass(frozen=True)
class TurnSaid:
    """A line of the history."""

    at: datetime
    state: str
    kind: str
    who: str
    way: str
    words: str
    ground: str


def columns_of(rows: Iterable[Commitment], *, today: date, movable: set[int]) -> list[Column]:
    """The board: every state, also an empty one. movable: what the reader may move by hand."""
    cards = [card_of(one, today=today, may_change=one.pk in movable) for one in rows]
    return [
        Column(
            state,
            str(State(state).label),
            BADGES[state],
            [one for one in cards if one.row.state == state],
        )
        for state in SHOWN
    ]


def card_of(row: Commitment, *, today: date, may_change: bool) -> Card:
    """A commitment with what may be done to it."""
    state = State(row.state)
    late = row.is_open and row.due_on is not None and row.due_on < today
    return Card(row, late, BADGES[state], moves_of(row) if may_change else [])


def moves_of(row: Commitment) -> list[Move]:
    """Ways on from where it stands, the usual one first."""
    return [
        Move(str(state), str(MOVES[state]), state in ASKS_WORDS)
        for state in NEAREST[State(row.state)]
    ]


def turns_said(turns: Iterable[CommitmentTurn], names: Mapping[UUID, str]) -> list[TurnSaid]:
    """The history; names: of accounts by key."""
    return [
        TurnSaid(
            one.at,
            str(State(one.state).label),
            BADGES.get(State(one.state), "neutral"),
            names.get(one.by, ""),
            str(CommitmentTurn.By(one.way).label) if one.way != CommitmentTurn.By.HAND else "",
            one.words,
            one.ground,
        )
        for one in turns
    ]


def handed_said(
    rows: Iterable[tuple[Entry, Delegate | None]], names: Mapping[UUID, str]
) -> list[TurnSaid]:
    """The lines of the history that say to whom it was handed over."""
    return [
        TurnSaid(
            one.at,
            _("Handed over"),
            "neutral",
            names.get(one.actor_key, ""),
            "",
            (to.name if to is not None else "") or "—",
            "",
        )
        for one, to in rows
    ]


def tabs_said(
    asked: CommitmentFilter, numbers: Mapping[str, int], late: int
) -> list[tuple[str, str, bool]]:
    """States with their numbers, as headings over the list; those that are overdue apart."""
    bare = asked.with_(state="", overdue="")
    every = f"{_('All')} · {count(sum(numbers.values()))}"
    tabs = [(every, "?" + bare.to_query(), not asked.state and not asked.overdue)]
    for state in SHOWN:
        words = f"{State(state).label} · {count(numbers.get(state, 0))}"
        is_here = asked.state == state and not asked.overdue
        tabs.append((words, "?" + bare.with_(state=state).to_query(), is_here))
    overdue = f"{OVERDUE} · {count(late)}"
    tabs.append((overdue, "?" + bare.with_(overdue="yes").to_query(), bool(asked.overdue)))
    return tabs


OVERDUE = gettext_lazy("Overdue")
