"""A promise made in a transaction is kept after it, and given up only in sight."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from sinergia.applications.actions.loads import start_load
from sinergia.base.errands.actions import (
    DELAYS,
    LEASE,
    claim_errand,
    function_of,
    promise,
    renew_leases,
    run_due_errands,
    run_errand,
)
from sinergia.base.errands.models import Errand
from sinergia.base.errands.queries import waiting_errands
from sinergia.base.tables.actions import digest_of, keep_file
from tests.applications.files import a_csv, a_known_region, a_row
from tests.arrange import NOON, a_load, an_administrator

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LATER = NOON + timedelta(minutes=10)


def test_a_rollback_takes_the_promise_back() -> None:
    with transaction.atomic():
        promise("applications.run_grants_load", now=NOON, key="x")
        transaction.set_rollback(True)

    assert Errand.objects.count() == 0


def test_the_same_promise_waits_once() -> None:
    for _ in range(3):
        promise("applications.run_grants_load", now=NOON, once="load:x", key="x")

    assert Errand.objects.get().arguments == {"key": "x"}


def test_an_errand_that_fails_is_put_off_longer_each_time_and_then_given_up() -> None:
    promise("applications.run_grants_load", now=NOON, key="no such load")
    errand = Errand.objects.get()
    delays = []

    for _ in range(len(DELAYS) + 1):
        Errand.objects.update(run_after=NOON)
        claimed = claim_errand(now=NOON)
        assert claimed is not None
        run_errand(claimed)
        errand.refresh_from_db()
        delays.append(errand.run_after)

    assert errand.attempts == len(DELAYS) + 1
    assert errand.last_error == "ValidationError"
    assert delays[:-1] == sorted(delays[:-1])
    assert errand.given_up_at is not None
    assert claim_errand(now=LATER + timedelta(days=9)) is None


def test_an_orphan_is_taken_again_when_its_lease_is_over() -> None:
    promise("applications.run_grants_load", now=NOON, key="x")
    first = claim_errand(now=NOON)

    assert first is not None
    assert claim_errand(now=NOON + LEASE / 2) is None
    assert first.claim is not None
    renew_leases([first.claim], now=NOON + LEASE / 2)
    assert claim_errand(now=NOON + LEASE) is None
    again = claim_errand(now=NOON + 2 * LEASE)
    assert again is not None
    assert (again.pk, again.attempts) == (first.pk, 2)


def test_what_is_not_due_waits() -> None:
    promise("applications.run_grants_load", now=LATER, key="x")

    assert list(waiting_errands(NOON)) == []
    assert waiting_errands(LATER).count() == 1


def test_a_worker_loads_the_file_that_a_page_offered(tmp_path: Path) -> None:
    a_known_region()
    olga = an_administrator()
    path = a_csv(tmp_path / "f.csv", [a_row(1), a_row(2)])
    load = a_load(olga)
    load.file_digest, load.subject = digest_of(path), "FUND1"
    load.save()
    keep_file(path, load.file_digest)

    start_load(load, {}, headings="x", actor=olga, now=NOON)
    ran = run_due_errands(now=LATER)

    load.refresh_from_db()
    assert ran == 1
    assert (load.stage, load.counts["created"]) == ("done", 2)
    assert Errand.objects.get().done_at is not None


def test_every_promised_name_is_found() -> None:
    assert function_of("applications.run_grants_load").__name__ == "run_grants_load"
