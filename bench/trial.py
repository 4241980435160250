"""Errands whose effect can be counted; run inside the Django of a bench's or test's installation.

python -m bench.trial work LEASE      a worker that knows them; LEASE: seconds
python -m bench.trial kill TIMES LEASE two such workers, killed so often one after another
python -m bench.trial clear           forget what waits
python -m bench.trial promise N NAME  promise N of `leave_a_row` or `leave_a_row_outside`
python -m bench.trial tell            what became of them all, as JSON
python -m bench.trial pace N          promise N, one after another; how long each took, as JSON
python -m bench.trial sleep SECONDS   promise one that takes so long
python -m bench.trial await TIMES     wait until the sleeping one was taken so often
"""

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from datetime import timedelta
from types import ModuleType

import django

django.setup()

from django.db import connection, transaction  # noqa: E402  # Django is set up first
from django.utils import timezone  # noqa: E402

from sinergia.base.errands.actions import promise  # noqa: E402
from sinergia.base.errands.marks import in_one_transaction  # noqa: E402
from sinergia.base.errands.models import Errand  # noqa: E402
from sinergia.base.errands.worker import work_until_signalled  # noqa: E402

WORK_SECONDS = 0.01  # an errand takes so long after its row: a kill finds it in the middle
STEP = 100


@in_one_transaction
def leave_a_row(number: str) -> None:
    """Leave a row and work on; row and "done" are committed together."""
    leave_a_row_outside(number)


def leave_a_row_outside(number: str) -> None:
    """Leave a row, as whoever sends a letter would: at once and for good."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO trial_row (number) VALUES (%s)", [int(number)])
    time.sleep(WORK_SECONDS)


def sleep_long(seconds: str) -> None:
    """Take long."""
    time.sleep(float(seconds))


def do_nothing() -> None:
    """Be done at once."""


def know_the_tasks() -> None:
    """Put the tasks where the worker looks for those of a room named `trial`."""
    module = ModuleType("sinergia.trial.tasks")
    for task in (leave_a_row, leave_a_row_outside, sleep_long, do_nothing):
        setattr(module, task.__name__, task)
    sys.modules[module.__name__] = module


def promise_many(count: int, name: str) -> None:
    """Promise errands numbered from zero."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS trial_row (number INTEGER NOT NULL)")
    for start in range(0, count, STEP):
        with transaction.atomic():
            for number in range(start, min(start + STEP, count)):
                promise(f"trial.{name}", now=timezone.now(), number=number)


def tell() -> dict[str, object]:
    """Count what was promised, what is done, and the rows that are there."""
    errands = Errand.objects.filter(name__startswith="trial.leave_a_row")
    periodic = Errand.objects.filter(once__startswith="periodic:")
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM trial_row")
        rows = Counter(int(row[0]) for row in cursor.fetchall())
    return {
        "promised": errands.count(),
        "done": errands.filter(done_at__isnull=False).count(),
        "given_up": errands.filter(given_up_at__isnull=False).count(),
        "taken_again": errands.filter(attempts__gt=1).count(),
        "rows": len(rows),
        "doubled": sum(1 for times in rows.values() if times > 1),
        "periodic_doubled": periodic.count() - periodic.values("name").distinct().count(),
    }


def pace(count: int) -> list[float]:
    """Promise errands as people do, one now and then; give milliseconds from promise to done."""
    rnd = random.Random(3)
    for _ in range(count):
        with transaction.atomic():
            promise("trial.do_nothing", now=timezone.now())
        time.sleep(rnd.uniform(0.0, 0.3))
    errands = Errand.objects.filter(name="trial.do_nothing")
    while errands.filter(done_at__isnull=True).exists():
        time.sleep(0.1)
    taken = [done - promised for done, promised in errands.values_list("done_at", "promised_at")]
    return [one.total_seconds() * 1000 for one in taken]


def work(lease: float) -> None:
    """Run errands, these too. lease: seconds."""
    know_the_tasks()
    work_until_signalled(lease=timedelta(seconds=lease))


def kill_workers(times: int, lease: float) -> None:
    """Run two workers, kill one after another without a word, put another in its place."""
    rnd = random.Random(7)
    running = [fork_worker(lease) for _ in range(2)]
    for turn in range(times):
        time.sleep(rnd.uniform(0.05, 0.25))
        os.kill(running[turn % 2], signal.SIGKILL)
        os.waitpid(running[turn % 2], 0)
        running[turn % 2] = fork_worker(lease)
    for one in running:
        os.kill(one, signal.SIGTERM)
        os.waitpid(one, 0)


def fork_worker(lease: float) -> int:
    """Start a worker in no time; give its number. The database is not opened before the fork."""
    number = os.fork()
    if not number:
        work(lease)
        os._exit(0)
    return number


def sleep(seconds: float) -> None:
    """Promise an errand that takes long."""
    promise("trial.sleep_long", now=timezone.now(), is_long=True, seconds=seconds)


def await_taken(times: int) -> None:
    """Wait until the sleeping errand was taken so often."""
    while not Errand.objects.filter(name="trial.sleep_long", attempts=times).exists():
        time.sleep(0.05)


def main() -> None:
    """Do what was asked."""
    match sys.argv[1:]:
        case ["work", lease]:
            work(float(lease))
        case ["kill", times, lease]:
            kill_workers(int(times), float(lease))
        case ["clear"]:
            Errand.objects.filter(done_at=None).delete()
        case ["promise", count, name]:
            promise_many(int(count), name)
        case ["sleep", seconds]:
            sleep(float(seconds))
        case ["await", times]:
            await_taken(int(times))
        case ["pace", count]:
            sys.stdout.write(json.dumps(pace(int(count))))
        case _:
            sys.stdout.write(json.dumps(tell()))


if __name__ == "__main__":
    main()
