"""A list of people in the order of protocol, kept together by their towns."""

from collections.abc import Hashable, Sequence
from typing import TypeVar

Who = TypeVar("Who", bound=Hashable)
Town = TypeVar("Town", bound=Hashable)


def by_towns(order: Sequence[tuple[Who, Town]]) -> list[tuple[Town, list[Who]]]:
    """The same people by towns: towns as the first of each stands, people as they stand."""
    towns: dict[Town, list[Who]] = {}
    for who, town in order:
        towns.setdefault(town, []).append(who)
    return list(towns.items())


def moved(order: Sequence[tuple[Who, Town]], who: Who, step: int) -> list[Who]:
    """Everybody, with one of them a step down (1) or up (-1) within their town."""
    groups = [people for _town, people in by_towns(order)]
    for people in groups:
        if who in people:
            _shift(people, people.index(who), step)
    return [one for people in groups for one in people]


def town_moved(order: Sequence[tuple[Who, Town]], town: Town, step: int) -> list[Who]:
    """Everybody, with a whole town a step down (1) or up (-1) among the towns."""
    groups = by_towns(order)
    at = next((place for place, (name, _people) in enumerate(groups) if name == town), None)
    if at is not None:
        _shift(groups, at, step)
    return [one for _town, people in groups for one in people]


def _shift(row: list, at: int, step: int) -> None:  # type: ignore[type-arg]  # of anything
    """Move one of a row, no further than its ends."""
    one = row.pop(at)
    row.insert(min(max(at + step, 0), len(row)), one)
