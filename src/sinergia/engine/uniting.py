"""Which rows of a file speak of one organisation, decided over the whole file at once.

A row names an organisation by ОГРН, by ИНН or by both. Numbers are paired so that as many rows
as possible agree (a matching of greatest weight in the graph whose edges are the pairs met, as
in a stable register each number has one partner). Where several pairings are equally good,
nobody can tell, and the rows in question wait for a person. What the register already knows
stands above any file. The order of rows plays no part.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

Pair = tuple[str, str]  # (ОГРН, ИНН), either may be ""; both verified by their check digits

MOST_EDGES = 12  # of a knot that is looked through whole; a larger one is nobody's mistake


class Found(NamedTuple):
    """The organisation a row speaks of: one of the register's, or a new one with these numbers."""

    known: int | None  # the register's number of it; None for a new one
    ogrn: str
    inn: str


@dataclass(frozen=True, slots=True)
class Register:
    """What is known: whose each number is, and both numbers of each owner ("" for none)."""

    by_ogrn: Mapping[str, int]
    by_inn: Mapping[str, int]
    numbers: Mapping[int, Pair]


class Uniting:
    """The answer for every pair of a file; ask `owner_of` row by row."""

    def __init__(self, pairs: Iterable[Pair], register: Register) -> None:
        """Look at all pairs first: each row's answer depends on the others'."""
        self.register = register
        met = Counter(pair for pair in pairs if all(pair))
        possible = {pair: rows for pair, rows in met.items() if self._may_hold(pair)}
        # Each number's partner; None where several would do as well, absent where none is.
        self._inn_of: dict[str, str | None] = {}
        self._ogrn_of: dict[str, str | None] = {}
        self._told: dict[Pair, Found | None] = {}  # answers given: pairs stand in many rows
        for knot in _knots(possible):
            self._settle(knot)

    def owner_of(self, ogrn: str, inn: str) -> Found | None:
        """Say who it is; None where the numbers disagree or one may have two partners."""
        if (ogrn, inn) not in self._told:
            self._told[ogrn, inn] = self._found(ogrn, inn)
        return self._told[ogrn, inn]

    def _found(self, ogrn: str, inn: str) -> Found | None:
        by_ogrn = self._owner(ogrn, self._inn_of.get(ogrn, "")) if ogrn else None
        by_inn = self._owner(self._ogrn_of.get(inn, ""), inn) if inn else None
        if ogrn and inn:
            return by_ogrn if by_ogrn == by_inn else None
        return by_ogrn or by_inn

    def _owner(self, ogrn: str | None, inn: str | None) -> Found | None:
        """Whoever has this number and its partner."""
        if ogrn is None or inn is None:
            return None
        known = self.register.by_ogrn.get(ogrn, self.register.by_inn.get(inn))
        if known is None:
            return Found(None, ogrn, inn)
        held_ogrn, held_inn = self.register.numbers[known]
        return Found(known, held_ogrn or ogrn, held_inn or inn)

    def _may_hold(self, pair: Pair) -> bool:
        """Whether the register leaves a pair possible."""
        ogrn, inn = pair
        by_ogrn, by_inn = self.register.by_ogrn.get(ogrn), self.register.by_inn.get(inn)
        if by_ogrn is None and by_inn is None:
            return True
        if by_ogrn is not None and by_inn is not None:
            return by_ogrn == by_inn
        held = self.register.numbers[by_ogrn if by_ogrn is not None else by_inn or 0]
        return not held[1] if by_ogrn is not None else not held[0]

    def _settle(self, knot: Mapping[Pair, int]) -> None:
        """Pair the numbers of one knot where there is one best way."""
        if len(knot) == 1:  # nearly every one
            ((ogrn, inn),) = knot
            self._inn_of[ogrn], self._ogrn_of[inn] = inn, ogrn
            return
        best = _best_matchings(knot)
        sure = frozenset.intersection(*best)
        possible = frozenset.union(*best)
        for ogrn, inn in possible:
            is_sure = (ogrn, inn) in sure
            self._inn_of[ogrn] = inn if is_sure else None
            self._ogrn_of[inn] = ogrn if is_sure else None


def _knots(edges: Mapping[Pair, int]) -> Iterator[dict[Pair, int]]:
    """Part the pairs into those that have to do with one another."""
    ogrns, inns = Counter(ogrn for ogrn, _inn in edges), Counter(inn for _ogrn, inn in edges)
    at_ogrn: dict[str, list[Pair]] = defaultdict(list)
    at_inn: dict[str, list[Pair]] = defaultdict(list)
    tied: list[Pair] = []
    for pair, rows in edges.items():
        if ogrns[pair[0]] == inns[pair[1]] == 1:
            yield {pair: rows}
            continue
        tied.append(pair)
        at_ogrn[pair[0]].append(pair)
        at_inn[pair[1]].append(pair)
    seen: set[Pair] = set()
    for first in tied:
        if first in seen:
            continue
        seen.add(first)
        knot, rest = {}, [first]
        while rest:
            pair = rest.pop()
            knot[pair] = edges[pair]
            near = [other for other in at_ogrn[pair[0]] + at_inn[pair[1]] if other not in seen]
            seen.update(near)
            rest += near
        yield knot


def _best_matchings(knot: Mapping[Pair, int]) -> list[frozenset[Pair]]:
    """Every way to pair numbers, each at most once, in which the most rows agree."""
    if len(knot) > MOST_EDGES:
        return [_mutual_firsts(knot)]
    best: list[frozenset[Pair]] = [frozenset()]
    most = 0
    for matching in _matchings(sorted(knot)):
        rows = sum(knot[pair] for pair in matching)
        if rows > most:
            best, most = [], rows
        if rows == most:
            best.append(matching)
    return best


def _matchings(pairs: list[Pair]) -> Iterator[frozenset[Pair]]:
    """All sets of pairs in which no number stands twice."""
    if not pairs:
        yield frozenset()
        return
    first, rest = pairs[0], pairs[1:]
    yield from _matchings(rest)
    free = [pair for pair in rest if pair[0] != first[0] and pair[1] != first[1]]
    for matching in _matchings(free):
        yield matching | {first}


def _mutual_firsts(knot: Mapping[Pair, int]) -> frozenset[Pair]:
    """Pairs met more often than any other with either of their numbers."""

    def is_first(pair: Pair) -> bool:
        return all(
            knot[pair] > rows
            for other, rows in knot.items()
            if other != pair and (other[0] == pair[0] or other[1] == pair[1])
        )

    return frozenset(filter(is_first, knot))
