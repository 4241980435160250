"""How long our transactions hold SQLite's write lock, in seconds of our own work.

Measured in this thread's own time on a processor, and in shares of what the processor does now:
a machine that is busy with other things, or slow, does not fail a test.
"""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from tests.slowness import slowness


class LockWatch:
    """Stands between Django and the cursor. held: what each committed transaction took."""

    def __init__(self) -> None:
        self.held: list[float] = []
        self._begun: float | None = None

    def __call__(
        self,
        execute: Callable[..., object],
        sql: str,
        params: object,
        many: bool,
        context: dict[str, Any],
    ) -> object:
        """Note the beginning; the first statement inside asks to be told of the commit."""
        if self._begun is not None and connection.in_atomic_block:
            begun, self._begun = self._begun, None
            transaction.on_commit(lambda: self.held.append(time.thread_time() - begun))
        result = execute(sql, params, many, context)
        if sql.startswith("BEGIN"):
            self._begun = time.thread_time()
        return result


@contextmanager
def watched_lock() -> Iterator[list[float]]:
    """Gather how long each transaction held the lock while the block ran."""
    watch, before = LockWatch(), slowness()
    gc.collect()
    gc.freeze()  # as the worker does when it starts
    try:
        with connection.execute_wrapper(watch):
            yield watch.held
    finally:
        gc.unfreeze()
        times = max(before, slowness())
        watch.held[:] = [seconds / times for seconds in watch.held]
