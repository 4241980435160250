"""A year of a centre's consultations, told from a seed. No database, no clock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

A_YEAR = 360  # days
CHANNELS = ("office", "phone", "phone", "mail", "online", "online", "away")
RESULTS = ("solved", "solved", "solved", "solved", "referred", "again")
COUNTS = {"XA-SVB": 82, "XB-YAR": 71}


@dataclass(frozen=True, slots=True)
class HelpRow:
    """One consultation. days: before today; who: of its kind, by number or by name.

    next_in: days from it to the next step; 0 where there is none.
    """

    days: int
    kind: str  # organisation, person, group
    number: int
    name: str
    channel: str
    topic: str
    text: str
    minutes: int
    result: str
    is_paid: bool
    step: str
    next_in: int


def year_of_help(region: str, words: dict[str, Any], *, seed: int) -> Iterator[HelpRow]:
    """Tell a centre's year, the oldest first; the last one has a next step that is due."""
    chance = Random(f"{seed} help {region}")  # noqa: S311  # a story, no secret
    days = sorted((chance.randrange(2, A_YEAR) for _ in range(COUNTS[region] - 1)), reverse=True)
    for day in days:
        yield _row(chance, day, words, next_in=chance.choice((0, 0, 0, 7, 14)))
    yield _row(chance, 5, words, next_in=5, kind="organisation")


def _row(
    chance: Random, day: int, words: dict[str, Any], *, next_in: int, kind: str = ""
) -> HelpRow:
    topic = chance.choice(words["topics"])
    kind = kind or chance.choice(("organisation",) * 8 + ("person", "person", "group"))
    names: Sequence[str] = words["people" if kind == "person" else "groups"]
    return HelpRow(
        days=day,
        kind=kind,
        number=chance.randrange(48),
        name="" if kind == "organisation" else chance.choice(names),
        channel=chance.choice(CHANNELS),
        topic=topic["name"],
        text=chance.choice(topic["texts"]),
        minutes=chance.choice(words["minutes"]),
        result=chance.choice(RESULTS),
        is_paid=chance.random() < 0.8,
        step=chance.choice(topic["steps"]) if next_in else "",
        next_in=next_in,
    )
