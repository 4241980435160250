"""Long work among people who write: a little at a time."""

import time
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Row = TypeVar("Row")
PAUSE_SECONDS = 0.03  # SQLite's waiting writers look again sooner than that


def in_small_steps(
    rows: Iterable[Row], size: int = 200, *, pause: float = PAUSE_SECONDS
) -> Iterator[list[Row]]:
    """Give `rows` in lists of `size`, with a pause between: everybody's saves pass there.

    Each list is for one transaction of its own, which the caller opens.
    """
    waiting = iter(rows)
    step = list(islice(waiting, size))
    while step:
        yield step
        step = list(islice(waiting, size))
        if step:
            time.sleep(pause)
