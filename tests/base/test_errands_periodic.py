"""What comes again by itself: once for all workers, and the old forgotten."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from sinergia.base.errands import tasks
from sinergia.base.errands.actions import note_worker, promise, run_due_errands
from sinergia.base.errands.models import Errand, Turn, Worker
from sinergia.base.errands.periodic import PERIODIC, Period, promise_periodic, set_turns
from sinergia.base.journal import actions as journal
from sinergia.base.journal.actions import record, seal_lately
from sinergia.base.journal.queries import lately_unsealed_entries, unsealed_entries, verify_journal
from tests.arrange import NOON, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def hourly(monkeypatch: pytest.MonkeyPatch) -> str:
    """A table with one row."""
    for name in list(PERIODIC):
        monkeypatch.delitem(PERIODIC, name)
    monkeypatch.setitem(PERIODIC, "trial.hourly", Period(timedelta(hours=1), is_long=True))
    return "trial.hourly"


def test_a_period_is_promised_once_whoever_asks(hourly: str) -> None:
    promised = []
    for minutes in (0, 0, 59, 60, 61):
        now = NOON + timedelta(minutes=minutes)
        set_turns(now=now)
        promised.append(promise_periodic(now=now))
        Errand.objects.filter(done_at__isnull=True).update(done_at=now)

    assert promised == [1, 0, 0, 1, 0]
    assert {(errand.name, errand.is_long) for errand in Errand.objects.all()} == {(hourly, True)}


def test_a_period_that_is_not_done_yet_waits_once(hourly: str) -> None:
    set_turns(now=NOON)
    for hours in range(3):
        promise_periodic(now=NOON + timedelta(hours=hours))

    assert [errand.name for errand in Errand.objects.all()] == [hourly]


def test_a_worker_that_saw_the_same_turn_finds_it_moved(hourly: str) -> None:
    set_turns(now=NOON)
    seen = Turn.objects.get()

    first = promise_periodic(now=NOON)
    moved = Turn.objects.filter(pk=seen.pk, next_at__lte=NOON).update(next_at=NOON)

    assert (first, moved) == (1, 0)


def test_every_period_of_the_table_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    set_turns(now=now)
    promise_periodic(now=now)

    run_due_errands(now=now)

    undone = Errand.objects.filter(done_at__isnull=True)
    assert list(undone.values_list("name", "last_error")) == []
    assert Errand.objects.count() == len(PERIODIC)


def test_what_was_done_a_month_ago_is_forgotten_and_nothing_else() -> None:
    now = timezone.now()
    month, day = timedelta(days=30), timedelta(days=1)
    for _ in range(4):
        promise("base.errands.prune", now=NOON)
    old, fresh, given_up, _waiting = Errand.objects.order_by("pk")
    Errand.objects.filter(pk=old.pk).update(done_at=now - month - day)
    Errand.objects.filter(pk=fresh.pk).update(done_at=now - month + day)
    Errand.objects.filter(pk=given_up.pk).update(given_up_at=now - 9 * month)
    note_worker(old.key, now=now - 2 * day)
    note_worker(fresh.key, now=now)

    tasks.prune()

    assert set(Errand.objects.values_list("pk", flat=True)) == {
        fresh.pk,
        given_up.pk,
        given_up.pk + 1,
    }
    assert [worker.key for worker in Worker.objects.all()] == [fresh.key]


def test_sessions_that_are_over_are_forgotten() -> None:
    for key, days in (("over", -1), ("open", 1)):
        ends = timezone.now() + timedelta(days=days)
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
    anna, long_ago = a_person(), timezone.now() - timedelta(days=2)
    for key, opened in (("over", long_ago), ("gone", long_ago), ("open", long_ago), ("new", None)):
        opened_at = {"created_at": opened} if opened else {}
        UserSession.objects.create(user=anna, session_key=key, ip="192.0.2.1", **opened_at)

    tasks.forget_sessions()

    assert [session.session_key for session in Session.objects.all()] == ["open"]
    assert {one.session_key for one in UserSession.objects.all()} == {"open", "new"}


def test_new_entries_are_sealed_quickly_and_a_straggler_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sinergia.base.journal.queries.LATE", 2)
    anna = a_person()
    straggler = record("test.late", about=anna, actor=anna, at=NOON)
    later = [record(f"test.{n}", about=anna, actor=anna, at=NOON) for n in range(5)]
    # As if the first had been committed after the others were sealed.
    journal.seal_entries(now=NOON, among=lambda: unsealed_entries().exclude(pk=straggler.pk))
    newest = record("test.new", about=anna, actor=anna, at=NOON)

    assert list(lately_unsealed_entries()) == [newest]
    assert seal_lately(now=NOON) == 1
    assert list(unsealed_entries()) == [straggler]
    tasks.seal_rest()
    assert (verify_journal().sealed, verify_journal().faults) == (len(later) + 2, [])
