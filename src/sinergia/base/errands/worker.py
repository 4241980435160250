"""The worker: one loop that runs errands and seals the journal until it is told to stop."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.sessions.backends.db import SessionStore
from django.db import close_old_connections
from django.utils import timezone

from sinergia.base.errands.actions import LEASE, claim_errand, renew_lease, run_errand
from sinergia.base.errands.models import Errand
from sinergia.base.journal.actions import seal_entries

POLL_SECONDS = 0.2
SEAL_SECONDS = 5.0
TIDY_SECONDS = 3600.0


def work(stop: threading.Event) -> None:
    """Run until `stop` is set; an errand under way is finished first."""
    sealed_at = tidied_at = 0.0
    while not stop.is_set():
        close_old_connections()
        if time.monotonic() - sealed_at > SEAL_SECONDS:
            seal_entries(now=timezone.now())
            sealed_at = time.monotonic()
        if time.monotonic() - tidied_at > TIDY_SECONDS:
            SessionStore.clear_expired()
            tidied_at = time.monotonic()
        errand = claim_errand(now=timezone.now())
        if errand is None:
            stop.wait(POLL_SECONDS)
            continue
        with _kept_alive(errand):
            run_errand(errand)
    seal_entries(now=timezone.now())


def work_until_signalled() -> None:
    """Run in this process's main thread; end on SIGTERM or Ctrl-C after the errand under way."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    work(stop)


@contextmanager
def _kept_alive(errand: Errand) -> Iterator[None]:
    """Renew the lease while the errand runs, so that nobody takes it for an orphan."""
    ended = threading.Event()

    def renew() -> None:
        while not ended.wait(LEASE.total_seconds() / 3):
            renew_lease(errand, now=timezone.now())

    thread = threading.Thread(target=renew, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
