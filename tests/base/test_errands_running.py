"""What a runner does may be cut off anywhere: its rows and the word "done" go together."""

import logging
import threading
import time
from datetime import timedelta

import pytest

from sinergia.base.errands import worker
from sinergia.base.errands.actions import (
    DELAYS,
    KILLED,
    LEASE,
    claim_errand,
    promise,
    renew_leases,
    run_due_errands,
    run_errand,
)
from sinergia.base.errands.marks import in_one_transaction
from sinergia.base.errands.models import Errand, Turn
from sinergia.base.errands.steps import PAUSE_SECONDS, in_small_steps
from tests.arrange import NOON
from tests.base.trial import a_task

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LATER = NOON + timedelta(minutes=10)
SOMEBODY = "Anna Petrova, anna@example.org"


@in_one_transaction
def leave_a_row() -> None:
    Turn.objects.create(name="left", next_at=NOON)


@in_one_transaction
def leave_a_row_and_break() -> None:
    Turn.objects.create(name="left", next_at=NOON)
    raise ValueError(SOMEBODY)


def leave_a_row_at_once() -> None:
    Turn.objects.create(name="left", next_at=NOON)


def rows_left() -> int:
    return Turn.objects.count()


def test_rows_and_the_word_done_are_committed_together(monkeypatch: pytest.MonkeyPatch) -> None:
    promise(a_task(monkeypatch, leave_a_row), now=NOON)

    assert run_due_errands(now=NOON) == 1

    errand = Errand.objects.get()
    assert (rows_left(), errand.done_at is not None, errand.claim) == (1, True, None)


def test_what_broke_in_one_transaction_leaves_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    promise(a_task(monkeypatch, leave_a_row_and_break), now=NOON)

    run_due_errands(now=NOON)

    errand = Errand.objects.get()
    assert (rows_left(), errand.done_at, errand.last_error) == (0, None, "ValueError")
    assert errand.run_after > NOON


@pytest.mark.parametrize(("task", "left"), [(leave_a_row, 0), (leave_a_row_at_once, 1)])
def test_a_runner_that_lost_its_lease_does_not_write_over_another(
    monkeypatch: pytest.MonkeyPatch, task: object, left: int
) -> None:
    assert callable(task)
    promise(a_task(monkeypatch, task), now=NOON)
    slow = claim_errand(now=NOON)
    quick = claim_errand(now=NOON + 2 * LEASE)
    assert slow is not None
    assert quick is not None

    run_errand(slow)

    errand = Errand.objects.get()
    assert (rows_left(), errand.done_at, errand.claim) == (left, None, quick.claim)


def test_a_runner_that_lost_its_lease_does_not_put_another_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    promise(a_task(monkeypatch, leave_a_row_and_break), now=NOON)
    slow = claim_errand(now=NOON)
    quick = claim_errand(now=NOON + 2 * LEASE)
    assert slow is not None
    assert quick is not None

    run_errand(slow)

    errand = Errand.objects.get()
    assert (errand.claim, errand.last_error, errand.run_after) == (quick.claim, "", NOON)


def test_a_lease_that_was_lost_is_not_renewed(monkeypatch: pytest.MonkeyPatch) -> None:
    promise(a_task(monkeypatch, leave_a_row), now=NOON)
    slow = claim_errand(now=NOON)
    quick = claim_errand(now=NOON + 2 * LEASE)
    assert slow is not None
    assert slow.claim is not None
    assert quick is not None

    renew_leases([slow.claim], now=LATER)

    assert Errand.objects.get().leased_until == quick.leased_until


def test_an_errand_that_kills_every_runner_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    promise(a_task(monkeypatch, leave_a_row), now=NOON)
    now, claims = NOON, 0

    while claim_errand(now=now) is not None:
        now, claims = now + 2 * LEASE, claims + 1

    errand = Errand.objects.get()
    assert claims == len(DELAYS) + 1
    assert (errand.given_up_at, errand.last_error) == (now, KILLED)


def test_a_promise_may_be_kept_later(monkeypatch: pytest.MonkeyPatch) -> None:
    promise(a_task(monkeypatch, leave_a_row), now=NOON, after=timedelta(hours=1))

    before = run_due_errands(now=NOON + timedelta(minutes=59))
    after = run_due_errands(now=NOON + timedelta(hours=1))

    errand = Errand.objects.get()
    assert (before, after) == (0, 1)
    assert (errand.promised_at, errand.run_after) == (NOON, NOON + timedelta(hours=1))


def test_a_quick_errand_goes_past_a_long_one(monkeypatch: pytest.MonkeyPatch) -> None:
    name = a_task(monkeypatch, leave_a_row)
    promise(name, now=NOON, is_long=True, once="long")
    promise(name, now=LATER, once="quick")

    passed = claim_errand(now=LATER, with_long=False)
    first = claim_errand(now=LATER)

    assert passed is not None
    assert first is not None
    assert (passed.once, first.once) == ("quick", "long")


def test_an_unknown_name_is_put_off_and_not_lost() -> None:
    promise("trial.of_a_later_version", now=NOON)

    run_due_errands(now=NOON)

    errand = Errand.objects.get()
    assert (errand.last_error, errand.given_up_at) == ("ModuleNotFoundError", None)


def test_the_log_says_where_it_broke_and_nothing_about_people(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    promise(a_task(monkeypatch, leave_a_row_and_break), now=NOON)

    with caplog.at_level(logging.INFO):
        run_due_errands(now=NOON)

    assert "ValueError" in caplog.text
    assert "leave_a_row_and_break" in caplog.text
    assert "example.org" not in caplog.text
    assert "Petrova" not in caplog.text


def test_rows_come_in_small_steps_with_a_pause_between() -> None:
    begun = time.monotonic()

    steps = list(in_small_steps(range(450), 200, pause=0.01))

    assert [len(step) for step in steps] == [200, 200, 50]
    assert [row for step in steps for row in step] == list(range(450))
    assert time.monotonic() - begun >= 0.02
    assert list(in_small_steps([], 200)) == []


@pytest.mark.parametrize(("heavy", "pauses"), [(60.0, []), (0.0, [2 * PAUSE_SECONDS])])
def test_a_worker_pauses_after_what_may_have_kept_others_from_writing(
    monkeypatch: pytest.MonkeyPatch, heavy: float, pauses: list[float]
) -> None:
    monkeypatch.setattr(worker, "HEAVY_SECONDS", heavy)
    promise(a_task(monkeypatch, leave_a_row), now=NOON)
    errand, stop, waited = claim_errand(now=NOON), threading.Event(), list[float]()
    monkeypatch.setattr(stop, "wait", waited.append)
    assert errand is not None

    worker.run_and_pause(errand, worker.Keeper(LEASE), stop)

    assert waited == pauses
