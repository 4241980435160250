"""Any assignment that keeps the bounds; where there is none, which applications are short and why.

Augmenting paths over the experts (Ford and Fulkerson). Experts between whom nothing more can be
moved are the proof: either too few can read some applications (Hall's condition), or too few
applications are left for those who must read some. By the theorem of Mendelsohn and Dulmage there
is no third reason once both bounds can be kept alone.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sinergia.engine.assigning.task import Mask, Task, Whole64


@dataclass(frozen=True)
class Shortage:
    """Why a task cannot be done.

    code: "reviews", `applications` need at least `needed` readings of `experts`, who may do
    `available`; "loads", `experts` must read `needed`, their applications give `available`.
    unfilled: readings that nobody can do, or that are missing to the least loads.
    """

    code: str
    unfilled: int
    applications: list[int]
    experts: list[int]
    needed: int
    available: int


class Impossible(Exception):  # noqa: N818  # it is an answer, as Refused is
    """There is no such assignment."""

    def __init__(self, shortage: Shortage) -> None:
        super().__init__(shortage.code)
        self.shortage = shortage


def fill(task: Task) -> Mask:
    """Give some assignment within the bounds, whatever its affinity. Raises Impossible."""
    filling = _Filling(task)
    short: list[int] = []
    for one, missing in filling.greedy():
        while missing and filling.give(one):
            missing -= 1
        short += [one] * missing  # where one reader is not found, no further one is
    if short or filling.lacking.any():
        raise Impossible(filling.reviews_short(short))
    filling.closed[:] = False
    poor = [one for one in range(task.experts) if not filling.take(one)]
    if poor:
        raise Impossible(filling.loads_short(poor))
    return filling.chosen


class _Filling:
    def __init__(self, task: Task) -> None:
        self.task = task
        self.chosen: Mask = np.zeros_like(task.allowed)
        self.loads: Whole64 = np.zeros(task.experts, dtype=np.int64)
        able = task.allowed.sum(axis=1)
        self.lacking = np.maximum(task.reviews - able, 0)  # however all are read
        self.wanted = np.minimum(task.reviews, able)
        # Experts met by a search that failed: nothing that is moved later leads out from them.
        self.closed: Mask = np.zeros(task.experts, dtype=bool)

    def greedy(self) -> list[tuple[int, int]]:
        """Let the least loaded read, the hardest to place first; give how many each still lacks."""
        left: list[tuple[int, int]] = []
        for one in np.argsort(self.task.allowed.sum(axis=1), kind="stable"):
            able = np.flatnonzero(self.task.allowed[one] & (self.loads < self.task.max_load))
            told = able[np.argsort(self.loads[able], kind="stable")][: self.wanted[one]]
            self.chosen[one, told] = True
            self.loads[told] += 1
            if len(told) < self.wanted[one]:
                left.append((int(one), int(self.wanted[one]) - len(told)))
        return left

    def give(self, application: int) -> bool:
        """Find one more reader, moving others' readings along where it must be."""
        asked = self.task.allowed[application] & ~self.chosen[application] & ~self.closed
        found, come_from = self._reach(asked, self.loads < self.task.max_load)
        if found is None:
            self.closed[list(come_from)] = True
            return False
        first = self._shift(found, come_from)
        self.chosen[application, first] = True
        self.loads[found] += 1
        return True

    def take(self, expert: int) -> bool:
        """Bring an expert to the least load from those who read more than theirs."""
        while self.loads[expert] < self.task.min_load[expert]:
            found = self._lender(expert)
            if found is None:
                return False
            lender, path = found
            for application, giver, taker in path:
                self.chosen[application, giver] = False
                self.chosen[application, taker] = True
            self.loads[lender] -= 1
            self.loads[expert] += 1
        return True

    def reviews_short(self, short: list[int]) -> Shortage:
        """Experts who are all full, and the applications that cannot do without them."""
        self.closed[:] = False
        asked = np.zeros(self.task.experts, dtype=bool)
        for one in short:
            asked |= self.task.allowed[one] & ~self.chosen[one]
        _found, come_from = self._reach(asked, np.zeros_like(asked))
        full = np.zeros(self.task.experts, dtype=bool)
        full[list(come_from)] = True
        needs = np.maximum(self.task.reviews - (self.task.allowed & ~full).sum(axis=1), 0)
        return Shortage(
            "reviews",
            unfilled=len(short) + int(self.lacking.sum()),
            applications=np.flatnonzero(needs).tolist(),
            experts=np.flatnonzero(full).tolist(),
            needed=int(needs.sum()),
            available=int(self.task.max_load[full].sum()),
        )

    def loads_short(self, poor: list[int]) -> Shortage:
        """Experts who cannot come to the least load, and the applications that they may read."""
        seen = np.zeros(self.task.experts, dtype=bool)
        seen[poor] = True
        waiting = deque(poor)
        while waiting:
            waiting.extend(giver for giver, _application in self._givers(waiting.popleft(), seen))
        given = np.minimum(self.task.reviews, (self.task.allowed & seen).sum(axis=1))
        return Shortage(
            "loads",
            unfilled=int(np.maximum(self.task.min_load - self.loads, 0).sum()),
            applications=np.flatnonzero(given).tolist(),
            experts=np.flatnonzero(seen).tolist(),
            needed=int(self.task.min_load[seen].sum()),
            available=int(given.sum()),
        )

    def _reach(self, asked: Mask, wanted: Mask) -> tuple[int | None, dict[int, tuple[int, int]]]:
        """Go from experts to those who may take a reading of theirs until a wanted one is met.

        Gives who was met, and of each expert seen from whom with which application, -1 for none.
        """
        come_from = {int(expert): (-1, -1) for expert in np.flatnonzero(asked)}
        seen = asked | self.closed
        waiting = deque(come_from)
        while waiting:
            expert = waiting.popleft()
            if wanted[expert]:
                return expert, come_from
            theirs = np.flatnonzero(self.chosen[:, expert])
            open_to = self.task.allowed[theirs] & ~self.chosen[theirs]
            for taker in np.flatnonzero(open_to.any(axis=0) & ~seen).tolist():
                application = int(theirs[np.argmax(open_to[:, taker])])
                come_from[taker] = (expert, application)
                seen[taker] = True
                waiting.append(taker)
        return None, come_from

    def _shift(self, last: int, come_from: dict[int, tuple[int, int]]) -> int:
        """Move readings along the way to `last`; give its first expert, who has room now."""
        taker = last
        while come_from[taker][0] >= 0:
            giver, application = come_from[taker]
            self.chosen[application, giver] = False
            self.chosen[application, taker] = True
            taker = giver
        return taker

    def _givers(self, taker: int, seen: Mask) -> list[tuple[int, int]]:
        """Experts with a reading that `taker` may have, each with such an application.

        Only those not `seen` so far; now they are.
        """
        able = np.flatnonzero(self.task.allowed[:, taker] & ~self.chosen[:, taker])
        others = np.flatnonzero(~seen)
        held: npt.NDArray[np.bool_] = self.chosen[np.ix_(able, others)]
        found = np.flatnonzero(held.any(axis=0))
        seen[others[found]] = True
        return [(int(others[at]), int(able[np.argmax(held[:, at])])) for at in found]

    def _lender(self, expert: int) -> tuple[int, list[tuple[int, int, int]]] | None:
        """Find who reads more than the least load and can pass a reading on to `expert`.

        Gives them and the way: application, giver, taker.
        """
        ways: dict[int, list[tuple[int, int, int]]] = {expert: []}
        seen = self.closed.copy()
        seen[expert] = True
        waiting = deque([expert])
        while waiting:
            taker = waiting.popleft()
            for giver, application in self._givers(taker, seen):
                ways[giver] = [(application, giver, taker), *ways[taker]]
                if self.loads[giver] > self.task.min_load[giver]:
                    return giver, ways[giver]
                waiting.append(giver)
        self.closed[list(ways)] = True
        return None
