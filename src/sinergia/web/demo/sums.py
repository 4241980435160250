"""Sums of money as funds give them, in kopecks."""

from collections.abc import Sequence
from random import Random

_STEP = 10_000  # a hundred roubles


def awards(total: int, count: int, *, between: Sequence[int], chance: Random) -> list[int]:
    """Part `total` kopecks into `count` unequal grants within limits, to the kopeck.

    between: the least and the most of one grant, in roubles. Raises ValueError where even equal
    parts would not stand between them.
    """
    least, most = (limit * 100 for limit in between)
    if not least * count <= total <= most * count:
        raise ValueError(total, count)
    if not count:
        return []
    wishes = [chance.lognormvariate(0, 0.62) for _ in range(count)]
    scale = total / sum(wishes)
    parts = [_round(min(max(int(wish * scale), least), most), chance) for wish in wishes]
    _settle(parts, total - sum(parts), least=least, most=most)
    return parts


def asked_for(award: int, chance: Random) -> int:
    """Say what the winner of `award` had asked for: often the same, never less."""
    if chance.random() < 0.66:
        return award
    return _round(int(award / chance.uniform(0.72, 0.97)), chance) + 10_000


def wished(between: Sequence[int], chance: Random) -> int:
    """Say what somebody who got nothing had asked for; more often little than much."""
    least, most = (limit * 100 for limit in between)
    return _round(int(least + (most - least) * chance.betavariate(1.3, 3.4)), chance)


def whole_cost(asked: int, chance: Random) -> int:
    """Add one's own part and the partners' to what is asked for."""
    return asked + _round(int(asked * chance.triangular(0.04, 0.95, 0.22)), chance)


def _round(kopecks: int, chance: Random) -> int:
    """Round as budgets come out: to a hundred roubles, to ten, sometimes to a kopeck."""
    step = chance.choices([10_000, 1_000, 100, 1], [60, 18, 12, 10])[0]
    return max(kopecks // step * step, step)


def _settle(parts: list[int], rest: int, *, least: int, most: int) -> None:
    """Spread `rest` over the parts, each within its limits; that with most room takes the end."""
    while rest:
        room = [(most - part) if rest > 0 else (part - least) for part in parts]
        order = sorted(range(len(parts)), key=lambda index: room[index])
        for left, index in zip(range(len(parts), 0, -1), order, strict=True):
            share = rest if left == 1 else int(rest / left / _STEP) * _STEP
            moved = max(least, min(most, parts[index] + share)) - parts[index]
            parts[index] += moved
            rest -= moved
