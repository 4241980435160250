"""What whoever keeps the installation running is told."""

import re
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from sinergia.base.errands.actions import note_backup, note_worker, promise
from sinergia.base.errands.models import Errand
from sinergia.base.journal import guard
from sinergia.base.journal.actions import record, seal_all
from sinergia.base.letters.actions import note_refused, send_letter
from sinergia.base.tables.models import Load
from sinergia.web.operations.facts import Fact, State, parts_of_now
from sinergia.web.operations.words import span
from tests.arrange import a_load, a_person, an_administrator
from tests.slowness import slowness

pytestmark = [pytest.mark.django_db, pytest.mark.both_in_full]
ALL_WELL = dict.fromkeys(("database", "migrations", "worker", "journal", "triggers", "disk"), True)


@pytest.fixture
def now() -> datetime:
    """An installation in order: its worker was seen a moment ago, its journal is sealed."""
    moment = timezone.now()
    note_worker(uuid4(), now=moment)
    note_backup(5_000_000, now=moment)
    seal_all(now=moment)
    return moment


@pytest.fixture
def site(client: Client) -> Client:
    """The site as an administrator sees it."""
    client.force_login(an_administrator())
    return client


def facts(now: datetime) -> dict[str, Fact]:
    return {fact.code: fact for part in parts_of_now(now=now) for fact in part.facts}


def states(now: datetime) -> dict[str, State]:
    """What is not in order. In tests no style was gathered to be served."""
    return {
        code: fact.state
        for code, fact in facts(now).items()
        if fact.state != State.ORDER and code != "assets"
    }


def an_errand(name: str = "base.letters.send", **given: object) -> Errand:
    promise(name, now=timezone.now() - timedelta(hours=2), key="anna@example.org")
    errand = Errand.objects.order_by("-pk")[0]
    for field, value in given.items():
        setattr(errand, field, value)
    errand.save()
    return errand


# What machines are told


def test_a_machine_is_told_that_all_is_well_and_nothing_more(client: Client, now: datetime) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, ALL_WELL)
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.head("/healthz").status_code == 200
    assert client.post("/healthz").status_code == 405


def no_worker(now: datetime) -> None:
    connection.cursor().execute("DELETE FROM base_worker")
    note_worker(uuid4(), now=now - timedelta(seconds=61))


def an_entry_unsealed_for_a_minute(now: datetime) -> None:
    anna = a_person()
    record("test.done", about=anna, actor=anna, at=now - timedelta(seconds=61))


def a_trigger_gone(now: datetime) -> None:
    guard.lift(connection)


def a_step_not_taken(now: datetime) -> None:
    last = "SELECT max(id) FROM django_migrations WHERE app = 'base'"
    connection.cursor().execute(f"DELETE FROM django_migrations WHERE id = ({last})")


@pytest.mark.parametrize(
    ("break_it", "what"),
    [
        (no_worker, "worker"),
        (an_entry_unsealed_for_a_minute, "journal"),
        (a_trigger_gone, "triggers"),
        (a_step_not_taken, "migrations"),
    ],
)
def test_a_machine_is_told_what_is_not_well(
    client: Client, now: datetime, break_it: Callable[[datetime], None], what: str
) -> None:
    break_it(now)

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (503, ALL_WELL | {what: False})


def test_a_disk_that_is_nearly_full_is_told(
    client: Client, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sinergia.web.operations.health.LEAST_FREE_BYTES", 2**62)

    assert client.get("/healthz").json() == ALL_WELL | {"disk": False}


def test_a_machine_that_asks_every_second_costs_little(client: Client, now: datetime) -> None:
    client.get("/healthz")  # what does not change while we run is read once
    taken = []
    for _ in range(10):
        begun = time.perf_counter()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/healthz")
        taken.append(time.perf_counter() - begun)

    assert len(asked) <= 8
    assert min(taken) < 0.02 * slowness()


# What people are told


def test_an_installation_in_order_is_told_so(site: Client, now: datetime) -> None:
    seal_all(now=now)

    page = site.get("/operations/")

    assert states(now) == {}
    assert page.context["wrong"] == 1  # the same
    assert [name for name, _ in page.context["versions"]][:3] == ["Sinergia", "Python", "Django"]


def an_errand_given_up(now: datetime) -> None:
    an_errand(given_up_at=now, attempts=8)


def an_errand_that_is_late(now: datetime) -> None:
    an_errand()


def an_errand_that_is_late_without_a_worker(now: datetime) -> None:
    connection.cursor().execute("DELETE FROM base_worker")
    an_errand()


def a_letter_that_is_late(now: datetime) -> None:
    send_letter(
        "anna@example.org",
        subject="x",
        text="x",
        language="ru",
        now=now - timedelta(hours=2),
    )
    Errand.objects.update(done_at=now)


def letters_refused(now: datetime) -> None:
    for number in range(5):
        letter = send_letter(
            f"anna{number}@example.org", subject="x", text="x", language="ru", now=now
        )
        note_refused(letter.key, "550 5.1.1", is_mailbox=True, now=now)
    Errand.objects.update(done_at=now)


def a_load_broken_off(now: datetime) -> None:
    load = a_load(an_administrator("boris"))
    load.stage, load.leased_until = Load.Stage.RUNNING, now - timedelta(seconds=1)
    load.save()


def a_load_whose_errand_was_given_up(now: datetime) -> None:
    Load.objects.filter(pk=a_load(an_administrator("boris")).pk).update(stage="promised")


def a_backup_of_last_week(now: datetime) -> None:
    connection.cursor().execute("DELETE FROM base_backup")
    note_backup(1, now=now - timedelta(days=7))


def test_loads_of_each_kind_are_counted_where_they_are_found(site: Client) -> None:
    load = a_load(an_administrator("boris"))
    Load.objects.filter(pk=load.pk).update(kind="organisations", stage="promised")

    told = facts(timezone.now())

    assert told["loads"].value == "0"
    assert told["register_loads"].value.startswith("1; ")
    assert told["register_loads"].address == "register:loads"


@pytest.mark.parametrize(
    ("break_it", "expected"),
    [
        (an_errand_given_up, {"errands_given_up": State.BROKEN}),
        (an_errand_that_is_late, {"errands_waiting": State.LOOK}),
        (
            an_errand_that_is_late_without_a_worker,
            {"errands_waiting": State.BROKEN, "worker": State.BROKEN},
        ),
        (a_letter_that_is_late, {"letters_waiting": State.BROKEN}),
        (letters_refused, {"letters_refused": State.LOOK}),
        (a_load_broken_off, {"loads": State.LOOK}),
        (a_load_whose_errand_was_given_up, {"loads": State.LOOK}),
        (a_backup_of_last_week, {"backup": State.LOOK}),
        (an_entry_unsealed_for_a_minute, {"seals": State.BROKEN}),
        (a_step_not_taken, {"migrations": State.BROKEN}),
    ],
)
def test_what_is_not_in_order_is_told_with_what_to_do(
    now: datetime, break_it: Callable[[datetime], None], expected: dict[str, State]
) -> None:
    break_it(now)

    assert states(now) == expected
    assert [facts(now)[code].advice for code in expected if not facts(now)[code].advice] == []


def test_the_page_asks_a_question_of_its_own_for_each_check(site: Client, now: datetime) -> None:
    site.get("/operations/")

    with CaptureQueriesContext(connection) as asked:
        assert site.get("/operations/").status_code == 200

    tables = Counter(re.findall(r'FROM "((?:base|letters)_\w+)"', str(asked.captured_queries)))
    # The queue is counted by three indexes; a letter that waits may be older than a week.
    assert {table: number for table, number in tables.items() if number > 1} == {
        "base_errand": 3, "letters_letter": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-5, "0 seconds"),
        (1, "1 second"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (3599, "59 minutes"),
        (3600, "1 hour"),
        (86_399, "23 hours"),
        (3 * 86_400, "3 days"),
    ],
)
def test_a_span_is_said_by_its_largest_unit(seconds: int, said: str) -> None:
    with translation.override("en"):
        assert span(timedelta(seconds=seconds)) == said
