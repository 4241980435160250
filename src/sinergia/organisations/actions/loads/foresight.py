"""Rows looked over before it is their turn, while the database is busy with those before them."""

from collections import deque
from collections.abc import Iterable, Iterator

from sinergia.organisations.actions.loads.judging import Verdict, read_over
from sinergia.organisations.actions.loads.planning import Plan
from sinergia.organisations.actions.loads.rows import RegisterRow


class Foresight:
    """The rows of a file that were read and wait to be filed, in their order."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._waiting: deque[RegisterRow] = deque()
        self._judged: dict[int, Verdict | None] = {}

    def passing(self, rows: Iterable[RegisterRow]) -> Iterator[RegisterRow]:
        """Rows as they are read; each waits from then on. Another thread may read them."""
        for row in rows:
            self._waiting.append(row)
            yield row

    def look(self, count: int) -> None:
        """Look over so many more rows, once the organisations before them have their numbers."""
        while self._waiting and count:
            row = self._waiting.popleft()
            self._judged[row.row] = read_over(row, self._plan)
            count -= 1

    def verdict_of(self, row: RegisterRow) -> Verdict | None:
        """What `read_over` says of a row whose turn it is, whether it was looked over or not."""
        if self._waiting and self._waiting[0].row == row.row:
            self._waiting.popleft()
        if row.row in self._judged:
            return self._judged.pop(row.row)
        return read_over(row, self._plan)
