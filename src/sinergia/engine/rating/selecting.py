"""Who gets how much: the ranking cut by the line of each category and by the money there is.

The list is cut at the first that the money does not reach: nobody is passed over because the next
one asks for less. Who is moved across the line by the commission is served before, by its word.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Literal, NamedTuple, Protocol, TypeAlias, TypeVar

from sinergia.engine.rating.placing import places_of

Tie: TypeAlias = Literal["submitted_earlier", "asked_less", "lot"]
Outcome: TypeAlias = Literal["won", "reserve", "lost"]
Why: TypeAlias = Literal["", "line", "budget", "organisation", "moved", "unrated"]
_NOUGHT = Decimal(0)
_USUAL: Sequence[Tie] = ("submitted_earlier",)  # what decides among equals nearly everywhere


class Ordered(Protocol):
    """What decides about the order. submitted: any number that grows with the moment."""

    @property
    def key(self) -> str:
        """By which it is named; the last to decide."""

    @property
    def rating(self) -> Decimal | None:
        """None where no expert's sheet counts."""

    @property
    def submitted(self) -> int:
        """Any number that grows with the moment."""

    @property
    def asked_minor(self) -> int:
        """What it asks for."""


One = TypeVar("One", bound=Ordered)


class Candidate(NamedTuple):
    """An application before the decision.

    rating: none where no expert's sheet counts. submitted: any number that grows with the moment.
    offered_minor: a smaller sum than is asked, none for the whole. moved: where the commission
    puts it, "" where the rules do. is_chosen: of several, the one that its organisation chose.
    """

    key: str
    category: str
    organisation: str
    rating: Decimal | None
    asked_minor: int
    submitted: int = 0
    offered_minor: int | None = None
    moved: Outcome | Literal[""] = ""
    is_chosen: bool = False

    @property
    def sum_minor(self) -> int:
        """What it would get: never more than it asked for."""
        offered = self.asked_minor if self.offered_minor is None else self.offered_minor
        return min(offered, self.asked_minor)


@dataclass(frozen=True)
class Selection:
    """What the rules and the contest say. budget_minor: none where money sets no line.

    lines: {category: least rating}; line: of a category that has none of its own.
    wins: most awards of one organisation, none for any number. seed: of a lot among equals.
    """

    budget_minor: int | None
    line: Decimal | None = None
    lines: Mapping[str, Decimal] | None = None
    wins: int | None = None
    ties: Sequence[Tie] = ("submitted_earlier",)
    seed: str = ""

    def line_of(self, category: str) -> Decimal | None:
        """The least rating of a category; none where there is no line."""
        return (self.lines or {}).get(category, self.line)


class Placed(NamedTuple):
    """place: equals of rating share the smallest; at: where it stands in the list, from 1.

    running_minor: awards down to this row. reserve: its place on the reserve list, 0 without one.
    """

    key: str
    at: int
    place: int
    outcome: Outcome
    why: Why
    awarded_minor: int
    running_minor: int
    reserve: int = 0


def order(candidates: Iterable[One], selection: Selection) -> list[One]:
    """The ranking: by rating, by what the rules let decide among equals, then as submitted."""
    return sorted(candidates, key=lambda one: _sorting(one, selection))


def select(candidates: Iterable[Candidate], selection: Selection) -> list[Placed]:
    """Cut the ranking. ValueError where what the commission moved up exceeds the budget."""
    ranking = order(candidates, selection)
    places = places_of(one.rating for one in ranking)
    outcomes = _outcomes(ranking, selection)
    placed, running, reserve = [], 0, 0
    for at, (one, place) in enumerate(zip(ranking, places, strict=True), start=1):
        outcome, why = outcomes[one.key]
        awarded, number = 0, 0
        if outcome == "won":
            awarded = one.sum_minor
            running += awarded
        elif outcome == "reserve":
            number = reserve = reserve + 1
        # By place, not by name: of five thousand rows that is a tenth of the page.
        placed.append(Placed(one.key, at, place, outcome, why, awarded, running, number))
    return placed


def _outcomes(ranking: Sequence[Candidate], selection: Selection) -> dict[str, tuple[Outcome, Why]]:
    told: dict[str, tuple[Outcome, Why]] = {
        one.key: (one.moved, "moved") for one in ranking if one.moved
    }
    moved_up = [one for one in ranking if one.moved == "won"]
    left = selection.budget_minor
    if left is not None:
        left -= sum(one.sum_minor for one in moved_up)
        if left < 0:
            raise ValueError("budget")
    wins: dict[str, int] = {}
    for one in moved_up:
        wins[one.organisation] = wins.get(one.organisation, 0) + 1
    kept_for, most = _chosen(ranking, selection), selection.wins
    lines, line = selection.lines or {}, selection.line
    is_cut = False
    for one in ranking:
        if one.moved:
            continue
        why = _hindrance(one, lines.get(one.category, line), most, wins, kept_for)
        if not why and (is_cut or (left is not None and one.sum_minor > left)):
            is_cut, why = True, "budget"
        if why:
            told[one.key] = ("reserve" if why == "budget" else "lost", why)
            continue
        told[one.key] = ("won", "")
        left = None if left is None else left - one.sum_minor
        wins[one.organisation] = wins.get(one.organisation, 0) + 1
    return told


def _hindrance(
    one: Candidate,
    line: Decimal | None,
    most: int | None,
    wins: Mapping[str, int],
    kept_for: Mapping[str, set[str]],
) -> Why:
    """What keeps it from an award before money is asked about. most: awards of an organisation."""
    if one.rating is None:
        return "unrated"
    if line is not None and one.rating < line:
        return "line"
    chosen = kept_for.get(one.organisation)
    if chosen and one.key not in chosen:
        return "organisation"
    if most is not None and wins.get(one.organisation, 0) >= most:
        return "organisation"
    return ""


def _chosen(ranking: Sequence[Candidate], selection: Selection) -> dict[str, set[str]]:
    """Of each organisation that chose, what it chose and what passes the line."""
    chosen: dict[str, set[str]] = {}
    if selection.wins is None:
        return chosen
    for one in (one for one in ranking if one.is_chosen):
        line = selection.line_of(one.category)
        passes = one.rating is not None and (line is None or one.rating >= line)
        if passes and one.moved in ("", "won"):
            chosen.setdefault(one.organisation, set()).add(one.key)
    return chosen


def _sorting(one: Ordered, selection: Selection) -> tuple[object, ...]:
    rating = -one.rating if one.rating is not None else _NOUGHT
    if selection.ties == _USUAL:
        return (one.rating is None, rating, one.submitted, one.key)
    ties = (_among_equals(one, tie, selection) for tie in selection.ties)
    return (one.rating is None, rating, *ties, one.submitted, one.key)


def _among_equals(one: Ordered, tie: Tie, selection: Selection) -> object:
    if tie == "lot":
        return sha256(f"{selection.seed}\n{one.key}".encode()).hexdigest()
    return one.submitted if tie == "submitted_earlier" else one.asked_minor
