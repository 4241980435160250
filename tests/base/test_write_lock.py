"""SQLite has one writer: nothing of ours keeps the others waiting for long."""

import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone

from sinergia.applications.actions import loads
from sinergia.base.errands import tasks
from sinergia.base.errands.actions import promise
from sinergia.base.errands.models import Errand
from sinergia.base.journal.actions import record, seal_all
from tests.applications.files import FUND, a_csv, a_known_region, a_row, read
from tests.arrange import NOON, a_person, an_administrator
from tests.base.lock_watch import watched_lock
from tests.slowness import slowness

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has many writers"),
]
LONGEST = 0.1  # seconds
ROWS = 1_000


def test_a_load_among_people_lets_them_write(tmp_path: Path) -> None:
    a_known_region()
    olga = an_administrator()
    path = a_csv(tmp_path / "f.csv", [a_row(place) for place in range(1, ROWS + 1)])
    offered = loads.offer_grants(path, FUND, file_name=path.name, mapping={}, actor=olga, now=NOON)

    with watched_lock() as held:
        done = loads.run_load(offered, read(path).rows, actor=olga, pace=loads.AMONG_PEOPLE)

    assert done.counts["created"] == ROWS
    assert len(held) >= ROWS / loads.AMONG_PEOPLE.rows
    assert max(held) < LONGEST


def test_the_journal_is_sealed_in_steps_that_let_others_write() -> None:
    anna = a_person()
    with transaction.atomic():
        for number in range(3 * ROWS):
            record("test.done", about=anna, actor=anna, at=NOON, codes={"n": number})

    with watched_lock() as held:
        sealed = seal_all(now=NOON)

    assert sealed == 3 * ROWS
    assert max(held) < LONGEST


def test_old_errands_are_forgotten_in_steps_that_let_others_write() -> None:
    with transaction.atomic():
        for _ in range(ROWS):
            promise("base.errands.prune", now=NOON)
    Errand.objects.update(done_at=timezone.now() - timedelta(days=40))

    with watched_lock() as held:
        tasks.prune()

    assert Errand.objects.count() == 0
    assert len(held) >= ROWS / 200
    assert max(held) < LONGEST


def test_a_transaction_that_works_long_would_be_seen() -> None:
    with watched_lock() as held, transaction.atomic():
        Errand.objects.exists()
        until = time.thread_time() + 3 * LONGEST * slowness()
        while time.thread_time() < until:
            pass

    assert max(held) > LONGEST
