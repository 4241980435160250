"""How the review of this year's contest goes: days, ratings, who is late, what diverges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

DIVERGENT, CALLED = 6, 2  # applications with a gulf between sheets; of them read once more already
BEGUN, INVITED, ACCEPTED, GIVEN = 22, 26, 24, 16  # days before the demo is loaded
FOUND, LENT, CALLED_ON, TERM = 4, 3, 3, 1  # the same: what is found late, and what follows
SEATED, SESSION = 9, 12  # the commission is composed, and meets so many days after
FIRST, LAST = 14, 2  # the same: the first sheets are signed, and the last
PASSED, BELOW = (68, 92), (39, 57)  # away from the line: nobody more is called because of it
ABOVE = 0.6  # of all pass
GULF, FAR = (16, 20), 74  # to each side, where sheets diverge; their middle at most
MOST = Decimal(96)  # of a sheet
APART = 5  # to each side at most, elsewhere
APART_OF_LARGE, UNSIGNED = 12, 0.12  # of a large demo: every so many-th diverges; is not signed
HALF_POINT = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Pair:
    """What the two sheets of an application are to come to."""

    first: Decimal
    second: Decimal


@dataclass(frozen=True, slots=True)
class Given:
    """A sheet that was given: to which expert, of which application, by their numbers."""

    sheet: int
    expert: int
    application: int


def unsigned_of(given: Sequence[Given], late: Mapping[int, int]) -> set[int]:
    """Sheets that are not signed by the term. late: how many are, by expert."""
    left: set[int] = set()
    for expert, signed in late.items():
        theirs = sorted(one.sheet for one in given if one.expert == expert)
        left |= set(theirs[signed:])
    return left


def some_of(given: Sequence[Given], *, chance: Random) -> set[int]:
    """Sheets of a large demo that are not signed."""
    return {one.sheet for one in given if chance.random() < UNSIGNED}


def pairs_of(
    given: Sequence[Given], unsigned: set[int], *, apart: int, chance: Random
) -> dict[int, Pair]:
    """What each application's sheets come to; so many that are read whole are far apart."""
    waiting = {one.application for one in given if one.sheet in unsigned}
    applications = sorted({one.application for one in given})
    whole = [one for one in applications if one not in waiting]
    divergent = set(chance.sample(whole, apart))
    return {one: _pair(chance, is_apart=one in divergent) for one in applications}


def signing(place: int, of: int, now: datetime, *, chance: Random) -> tuple[datetime, datetime]:
    """When the so-and-so-many-th sheet of an expert is opened and signed, by day."""
    day = max(FIRST - round((FIRST - LAST) * place / max(of - 1, 1)) - chance.randrange(2), LAST)
    morning = now.replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=day)
    opened = morning + timedelta(minutes=chance.randrange(0, 600), seconds=chance.randrange(60))
    return opened, opened + timedelta(minutes=chance.randrange(14, 70), seconds=7)


def _pair(chance: Random, *, is_apart: bool) -> Pair:
    low, high = PASSED if is_apart or chance.random() < ABOVE else BELOW
    if is_apart:
        high = FAR  # so that the higher one is no more than the scale has
    middle = chance.randint(2 * low, 2 * high) * HALF_POINT
    gulf = chance.randint(1, 2 * APART) * HALF_POINT
    if is_apart:
        gulf = Decimal(chance.randint(*GULF))
    gulf = min(gulf, MOST - middle)
    return Pair(middle + gulf, middle - gulf)


def near(rating: Decimal | None) -> Decimal:
    """A rating that a sheet by itself can have, by one that is a mean."""
    return Decimal(round(rating or 70))
