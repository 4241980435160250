"""Reads pages in this process: how long each takes, how many queries it asks, how heavy it is.

    python -m bench.reading ADDRESS
Inside a bench installation's Django; prints what is told of one page that an administrator reads.
"""

import json
import sys
import time
from collections.abc import Mapping

import django

django.setup()

from django.db import connection  # noqa: E402  # Django is set up first
from django.test import Client  # noqa: E402  # the same
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.site import percentile  # noqa: E402
from sinergia.people.models import Person  # noqa: E402
from sinergia.web.server import post_worker_init  # noqa: E402

TURNS = 40
Told = dict[str, dict[str, float]]


def read(person: Person, pages: Mapping[str, str]) -> Told:
    """p95 and the least processor time, ms, queries, kB of each page, by what it is called."""
    post_worker_init(None)  # as the processes that serve pages begin
    reader = Client(headers={"host": "127.0.0.1"})
    reader.force_login(person)
    return {name: _read(reader, address) for name, address in pages.items()}


def _read(reader: Client, address: str) -> dict[str, float]:
    taken, spent = [], []
    reader.get(address)  # templates are read from disk once in a process
    for _turn in range(TURNS):
        begun, cpu = time.perf_counter(), time.process_time()
        reader.get(address)
        taken.append((time.perf_counter() - begun) * 1000)
        spent.append((time.process_time() - cpu) * 1000)
    with CaptureQueriesContext(connection) as queries:
        answer = reader.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return {
        "p95": round(percentile(taken)),
        "processor": round(min(spent)),
        "queries": len(queries),
        "kB": len(answer.content) // 1000,
    }


def main() -> None:
    """Read one page."""
    reader = Person.objects.filter(is_administrator=True).order_by("pk")[0]
    (told,) = read(reader, {"": sys.argv[1]}).values()
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
