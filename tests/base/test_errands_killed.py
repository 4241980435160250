"""Workers killed without a word: nothing is lost, nothing is done twice in the database."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import errands as bench
from sinergia.base.errands.actions import LEASE
from tests.commands.installation import Installation, an_installation, execute

pytestmark = [pytest.mark.slow, pytest.mark.both]
SHORT = 2.0  # seconds of a lease


@pytest.fixture
def prepared(tmp_path: Path) -> Iterator[Installation]:
    for made in an_installation(tmp_path / "data", template=""):
        done = made.run("init", "--admin", "olga@example.org")
        assert done.returncode == 0, done.stderr
        yield made


def settings_of(installation: Installation) -> dict[str, str]:
    return installation.settings | {"DJANGO_SETTINGS_MODULE": "sinergia.web.settings"}


def test_of_1000_errands_and_20_kills_none_is_lost_and_none_doubled(prepared: Installation) -> None:
    settings = settings_of(prepared)
    bench.trial(settings, "promise", "1000", "leave_a_row")

    bench.trial(settings, "kill", "20", str(SHORT))
    told = bench.await_done(settings, lease=SHORT)

    assert told["taken_again"] > 0, "no kill came in the middle of an errand"
    del told["taken_again"]
    assert told == {
        "promised": 1000,
        "done": 1000,
        "given_up": 0,
        "rows": 1000,
        "doubled": 0,
        "periodic_doubled": 0,
    }


def test_what_leaves_the_building_is_done_at_least_once(prepared: Installation) -> None:
    settings = settings_of(prepared)
    bench.trial(settings, "promise", "300", "leave_a_row_outside")

    bench.trial(settings, "kill", "5", str(SHORT))
    told = bench.await_done(settings, lease=SHORT)

    assert (told["done"], told["given_up"], told["rows"]) == (300, 0, 300)


def test_an_orphan_is_taken_again_within_90_seconds(prepared: Installation) -> None:
    seconds = bench.orphan_seconds(settings_of(prepared), LEASE.total_seconds())

    assert seconds < 90


def test_a_letter_does_not_wait_behind_a_load(prepared: Installation) -> None:
    settings = settings_of(prepared)
    with bench.worker(settings, SHORT):
        bench.trial(settings, "sleep", "8")
        bench.trial(settings, "await", "1")

        (milliseconds,) = json.loads(bench.trial(settings, "pace", "1"))

    assert milliseconds < 2000


@pytest.mark.postgresql
def test_a_worker_outlives_a_database_that_was_started_again(prepared: Installation) -> None:
    settings = settings_of(prepared)
    with bench.worker(settings, SHORT) as running:
        bench.trial(settings, "pace", "1")

        for _ in range(3):
            execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                f"WHERE datname = '{prepared.database}'"
            )
            time.sleep(0.3)
        done = json.loads(bench.trial(settings, "pace", "1"))

        assert (len(done), running.poll()) == (2, None)


def test_the_bench_measures_the_lease_that_is_used() -> None:
    assert LEASE.total_seconds() == bench.LEASE
