"""People who save while a load runs; run inside a bench installation until it is told to end.

python -m bench.saving      prints how many saves there were and their 95th percentile, as JSON
"""

import json
import signal
import sys
import threading
import time

import django

django.setup()

from django.db import connection  # noqa: E402  # Django is set up first
from django.utils import timezone  # noqa: E402

from bench.site import percentile  # noqa: E402
from sinergia.organisations.actions import Newcomer, register_organisations  # noqa: E402
from sinergia.organisations.actions.centres import join_centre, make_centre  # noqa: E402
from sinergia.organisations.actions.telling import write_card  # noqa: E402
from sinergia.organisations.models import Organisation  # noqa: E402
from sinergia.people.actions import command_person, invent_person  # noqa: E402
from sinergia.people.models import Person  # noqa: E402
from sinergia.places.queries import regions  # noqa: E402

PEOPLE = 4
THINK_SECONDS = 0.25  # between two saves of one person: sixteen saves a second in all


def main() -> None:
    """Save until the signal comes."""
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    writer, theirs = arranged()
    taken: list[float] = []
    threads = [
        threading.Thread(target=save, args=(one, writer, ended, taken)) for one in theirs[:PEOPLE]
    ]
    for thread in threads:
        thread.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for thread in threads:
        thread.join()
    sys.stdout.write(json.dumps({"saves": len(taken), "p95": percentile(taken)}) + "\n")


def arranged() -> tuple[Person, list[Organisation]]:
    """A centre, whoever works there, and organisations they write of."""
    now, me = timezone.now(), command_person(timezone.now())
    region = regions()[0]
    names = [f"Пишущая {number}" for number in range(PEOPLE + 1)]
    newcomers = [Newcomer(name=name, region_id=region.pk) for name in names]
    centre, *theirs = register_organisations(newcomers, now=now)
    writer = invent_person(
        "writer@example.org", "Writer", is_administrator=False, actor=me, now=now
    )
    made = make_centre(centre, [region], "Europe/Moscow", actor=me, now=now)
    join_centre(made, writer, "head", actor=me, now=now)
    return writer, theirs


def save(one: Organisation, writer: Person, ended: threading.Event, taken: list[float]) -> None:
    """Write an organisation's words anew, again and again; note the milliseconds of each save."""
    number = 0
    while not ended.is_set():
        number += 1
        begun = time.perf_counter()
        write_card(one, {"about": f"Слова {number}"}, actor=writer, now=timezone.now())
        taken.append((time.perf_counter() - begun) * 1000)
        ended.wait(THINK_SECONDS)
    connection.close()


if __name__ == "__main__":
    main()
