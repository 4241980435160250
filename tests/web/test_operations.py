"""What whoever keeps the installation running is told, and what they may do about errands."""

import re
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django.utils.translation import gettext

from sinergia.base.errands.actions import claim_errand, note_backup, note_worker, promise
from sinergia.base.errands.models import Errand
from sinergia.base.errands.words import explain
from sinergia.base.journal import guard
from sinergia.base.journal.actions import record, seal_all
from sinergia.base.journal.models import Entry
from sinergia.base.letters.actions import note_refused, send_letter
from sinergia.base.tables.models import Load
from sinergia.web.operations import actions
from sinergia.web.operations.facts import Fact, State, parts_of_now
from sinergia.web.operations.words import span
from tests.arrange import NOON, a_load, a_person, an_administrator
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


# The queue


def test_the_list_shows_no_argument_of_any_errand(site: Client) -> None:
    an_errand(given_up_at=NOON, attempts=8, last_error="SMTPServerDisconnected")

    page = site.get("/operations/errands/?state=given_up").content.decode()

    assert "SMTPServerDisconnected" in page
    assert "anna@example.org" not in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"waiting", "later", "running", "given_up"}),
        ("?state=waiting", {"waiting", "later"}),
        ("?state=running", {"running"}),
        ("?state=given_up", {"given_up"}),
        ("?state=done", {"done", "long_done"}),
        ("?state=done_lately", {"done"}),
        ("?state=lost", {"waiting", "later", "running", "given_up"}),
        ("?name=base.letters.tidy", {"later"}),
        ("?name=base.letters.lost", set()),
        ("?name=%00", {"waiting", "later", "running", "given_up"}),
        ("?name=../x", {"waiting", "later", "running", "given_up"}),
        ("?state=done&name=base.letters.tidy", set()),
    ],
)
def test_the_queue_is_filtered_by_state_and_name(site: Client, query: str, shown: set[str]) -> None:
    now = timezone.now()
    made = {
        "running": an_errand(),
        "waiting": an_errand(),
        "later": an_errand("base.letters.tidy", run_after=now + timedelta(hours=4), attempts=4),
        "given_up": an_errand(given_up_at=now, attempts=8),
        "done": an_errand(done_at=now),
        "long_done": an_errand(done_at=now - timedelta(days=2)),
    }
    running = claim_errand(now=now)
    assert running == made["running"]

    rows = site.get("/operations/errands/" + query).context["rows"]

    assert {row.key for row in rows} == {made[name].key for name in shown}


def test_a_number_of_the_queue_opens_as_many_rows(site: Client) -> None:
    now = timezone.now()
    an_errand(done_at=now)
    an_errand(done_at=now - timedelta(days=2))

    tile = site.get("/operations/errands/").context["tiles"][-1]

    assert tile.value == "1"
    assert len(site.get(f"/operations/errands/{tile.url}").context["rows"]) == 1


def test_the_list_asks_the_same_for_one_row_and_for_three(site: Client) -> None:
    counts = []
    for _ in range(3):
        an_errand()
        with CaptureQueriesContext(connection) as asked:
            site.get("/operations/errands/")
        counts.append(len(asked))

    assert counts[0] == counts[2] <= 12


def test_a_long_list_goes_on_where_it_ended(site: Client) -> None:
    made = [an_errand(done_at=NOON + timedelta(seconds=n)).key for n in range(30)]

    first = site.get("/operations/errands/?state=done").context["page"]
    rest = site.get(f"/operations/errands/?state=done&after={first.next_key}").context["page"]

    keys = [row.key for row in [*first.rows, *rest.rows]]
    assert keys == made[::-1]


def test_an_errand_given_up_is_run_again_by_a_button(site: Client) -> None:
    errand = an_errand(given_up_at=NOON, attempts=8)

    answer = site.post(f"/operations/errands/{errand.key}/again/", follow=True)

    errand.refresh_from_db()
    assert (errand.given_up_at, errand.attempts) == (None, 0)
    assert [str(message) for message in answer.context["messages"]] == [
        gettext("It runs in a moment.")
    ]
    assert Entry.objects.filter(verb="errand.run_again").count() == 1


def test_what_cannot_be_done_is_told_and_not_done(site: Client) -> None:
    errand = an_errand(done_at=NOON)

    for verb in ("again", "give-up"):
        answer = site.post(f"/operations/errands/{errand.key}/{verb}/", follow=True)
        assert [str(message) for message in answer.context["messages"]] == [
            explain("errand.is_done")
        ]

    errand.refresh_from_db()
    assert (errand.done_at, errand.given_up_at) == (NOON, None)


def test_an_errand_is_given_up_only_after_a_question(site: Client) -> None:
    errand = an_errand()
    address = f"/operations/errands/{errand.key}/give-up/"

    asked = site.get(address)
    errand.refresh_from_db()
    before = errand.given_up_at
    site.post(address)

    errand.refresh_from_db()
    assert (asked.status_code, before, errand.given_up_at is not None) == (200, None, True)


def test_all_of_a_name_are_run_again_after_a_question(site: Client) -> None:
    errands = [an_errand(given_up_at=NOON, attempts=8) for _ in range(3)]
    list_page = site.get("/operations/errands/?state=given_up&name=base.letters.send")
    address = "/operations/errands/all/base.letters.send/"

    asked = site.get(address)
    still = Errand.objects.filter(given_up_at__isnull=False).count()
    site.post(address)

    assert address in list_page.content.decode()
    assert (asked.context["count"], still) == (3, len(errands))
    assert Errand.objects.filter(given_up_at__isnull=False).count() == 0


def test_what_was_promised_again_is_not_counted_among_what_is_run(site: Client) -> None:
    an_errand(given_up_at=NOON, once="letter:1")
    an_errand(once="letter:1")

    asked = site.get("/operations/errands/all/base.letters.send/")
    told = site.post("/operations/errands/all/base.letters.send/", follow=True).text

    assert asked.context["count"] == 0
    assert "Nothing is left to be run" in asked.text
    assert "Nothing is left to be run" in told


@pytest.mark.parametrize(
    "act", [actions.run_errand_again, actions.give_errand_up, actions.run_errands_again]
)
def test_only_administrators_touch_the_queue(act: Callable[..., object]) -> None:
    errand, anna = an_errand(given_up_at=NOON, attempts=8), a_person("anna")
    named = errand.name if act is actions.run_errands_again else errand.key

    with pytest.raises(PermissionDenied):
        act(named, actor=anna, now=NOON)

    errand.refresh_from_db()
    assert errand.given_up_at == NOON


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
