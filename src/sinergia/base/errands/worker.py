"""The worker: runs errands and keeps house until it is told to stop.

Three threads. The main one looks five times a second and runs quick errands; a long one, of which
there is one at a time, gets a thread beside it, so that a letter never waits behind a load; the
third renews the leases of both, says that the worker lives, seals the journal and promises what
is periodic.
"""

import gc
import logging
import signal
import threading
import time
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from sinergia.base.errands.actions import (
    LEASE,
    claim_errand,
    forget_worker,
    note_worker,
    renew_leases,
    run_errand,
)
from sinergia.base.errands.models import Errand
from sinergia.base.errands.periodic import promise_periodic, set_turns
from sinergia.base.errands.steps import PAUSE_SECONDS
from sinergia.base.journal.actions import seal_lately

POLL_SECONDS = 0.2
ROUND_SECONDS = 5.0
SLOW_ROUNDS = 2  # of so many rounds one says that the worker lives
HEAVY_SECONDS = 0.02  # an errand that may have held the one place where a database is written
MEND_SECONDS = 1.0  # before a database that did not answer is asked again

log = logging.getLogger(__name__)


def work(stop: threading.Event, *, lease: timedelta = LEASE) -> None:
    """Run until `stop` is set; errands under way are finished first."""
    keeper = Keeper(lease)
    keeper.start()
    long_one: threading.Thread | None = None
    try:
        while not stop.is_set():
            if not keeper.is_alive():
                raise RuntimeError("the thread that renews leases has ended")
            close_old_connections()
            is_free = long_one is None or not long_one.is_alive()
            errand = _next_errand(stop, lease=lease, with_long=is_free)
            if errand is None:
                continue
            if errand.is_long:
                long_one = threading.Thread(target=_run_beside, args=(errand, keeper))
                long_one.start()
            else:
                run_and_pause(errand, keeper, stop)
    finally:
        if long_one is not None:
            long_one.join()
        keeper.end()


def work_until_signalled(*, lease: timedelta = LEASE) -> None:
    """Run in this process's main thread; end on SIGTERM or Ctrl-C after the errand under way."""
    stop = threading.Event()
    gc.freeze()  # what was imported is not looked through again in the middle of a transaction
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    work(stop, lease=lease)


class Keeper(threading.Thread):
    """Keeps house beside the errands. held: claims of the errands that this worker runs."""

    def __init__(self, lease: timedelta) -> None:
        super().__init__(name="keeper")
        self.key = uuid4()
        self.held: set[UUID] = set()
        self._lease = lease
        self._ended = threading.Event()
        self._rounds = 0

    def run(self) -> None:
        """Go round until ended; a database that does not answer is asked again next time."""
        pause = min(ROUND_SECONDS, self._lease.total_seconds() / 6)
        while True:
            begun = time.monotonic()
            try:
                close_old_connections()
                self._go_round()
            except DatabaseError:
                log.exception("the worker's round failed")
            if self._ended.wait(max(0.0, pause - (time.monotonic() - begun))):
                break
        self._leave()

    def end(self) -> None:
        """Take the worker's row away and seal what is left."""
        self._ended.set()
        self.join()

    def _go_round(self) -> None:
        now = timezone.now()
        if held := self.held.copy():
            renew_leases(held, now=now, lease=self._lease)
        if self._rounds == 0:
            set_turns(now=now)
        if self._rounds % SLOW_ROUNDS == 0:
            note_worker(self.key, now=now)
        self._rounds += 1
        promise_periodic(now=now)
        seal_lately(now=now)

    def _leave(self) -> None:
        try:
            forget_worker(self.key)
            seal_lately(now=timezone.now())
        except DatabaseError:
            log.exception("the worker could not say that it ended")
        connections.close_all()


def _next_errand(stop: threading.Event, *, lease: timedelta, with_long: bool) -> Errand | None:
    """Claim what is due; where there is nothing, or no answer, wait a moment."""
    try:
        errand = claim_errand(now=timezone.now(), lease=lease, with_long=with_long)
    except DatabaseError:
        log.exception("no errand could be claimed")
        connections.close_all()
        stop.wait(MEND_SECONDS)
        return None
    if errand is None:
        stop.wait(POLL_SECONDS)
    return errand


def run_and_pause(errand: Errand, keeper: Keeper, stop: threading.Event) -> None:
    """Run a quick one; after a heavy one wait a moment, so that everybody's saves pass."""
    begun = time.monotonic()
    _run(errand, keeper)
    if time.monotonic() - begun > HEAVY_SECONDS:
        stop.wait(2 * PAUSE_SECONDS)


def _run(errand: Errand, keeper: Keeper) -> None:
    """Run with the lease renewed; an orphan of a broken database is taken again later."""
    if errand.claim is None:
        raise ValueError("an errand is run by whoever claimed it")
    keeper.held.add(errand.claim)
    try:
        run_errand(errand)
    except DatabaseError:
        log.exception("errand %s %s: its end could not be written", errand.name, errand.pk)
        connections.close_all()
    finally:
        keeper.held.discard(errand.claim)


def _run_beside(errand: Errand, keeper: Keeper) -> None:
    """Run in a thread of its own, with a connection of its own."""
    try:
        _run(errand, keeper)
    finally:
        connections.close_all()
