import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from sinergia.command import served_at
from tests.commands.installation import Installation, free_port
from tests.slowness import slowness


@contextmanager
def serving(
    installation: Installation, port: int, **more: str
) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """A server that has said where it is; ended whatever happens."""
    server = installation.start("serve", "--port", str(port), **more)
    lines: list[str] = []
    try:
        assert server.stdout is not None
        while f"http://127.0.0.1:{port}" not in (lines or [""])[-1]:
            line = server.stdout.readline()
            assert line, lines
            lines.append(line)
        yield server, lines
    finally:
        if server.poll() is None:
            server.terminate()
        server.wait(timeout=20)
        assert server.stdout is not None
        server.stdout.close()


def children_of(pid: int) -> dict[int, str]:
    """Every program below this one: number -> command line; one that ends meanwhile is none."""
    found: dict[int, str] = {}
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, listed.read_text().split()):
            with suppress(FileNotFoundError, ProcessLookupError):
                line = Path(f"/proc/{child}/cmdline").read_bytes().decode()
                found |= {child: line.replace("\0", " ").strip()} | children_of(child)
    return found


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize(
    "number", [pytest.param(signal.SIGINT, marks=pytest.mark.slow), signal.SIGTERM]
)
def test_a_site_is_served_and_ends_when_asked(
    prepared: Installation, number: signal.Signals
) -> None:
    port = free_port()
    begun = time.monotonic()
    with serving(prepared, port) as (server, lines):
        started = time.monotonic() - begun
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as page:
            status = page.status
        below = children_of(server.pid)

        asked = time.monotonic()
        server.send_signal(number)
        code = server.wait(timeout=20)
        ended = time.monotonic() - asked

    assert (status, code, lines[:-1]) == (200, 0, [])
    most = slowness()  # and two cores busy with other tests
    assert (started < 20 * most, ended < 5 * most) == (True, True)
    assert [pid for pid in below if is_alive(pid)] == []


@pytest.mark.slow
def test_a_worker_that_falls_is_started_again(prepared: Installation) -> None:
    with serving(prepared, free_port()) as (server, _):
        first = worker_below(server.pid)
        assert first, children_of(server.pid)
        os.kill(first, signal.SIGKILL)
        until = time.monotonic() + 15
        while worker_below(server.pid) in (0, first) and time.monotonic() < until:
            time.sleep(0.1)

        assert worker_below(server.pid) not in (0, first)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param({}, "http://127.0.0.1:{port}", marks=pytest.mark.slow),
        pytest.param({"SINERGIA_ALLOWED_HOSTS": "ngo.example.org"}, "", marks=pytest.mark.slow),
        ({"SINERGIA_SITE_URL": "https://ngo.example.org"}, "https://ngo.example.org"),
    ],
)
def test_letters_lead_to_where_the_site_is_served(
    given: dict[str, str], expected: str, prepared: Installation
) -> None:
    port = free_port()
    with serving(prepared, port, **given) as (server, _):
        worker = Path(f"/proc/{worker_below(server.pid)}/environ").read_text()

    told = dict(line.partition("=")[::2] for line in worker.split("\0"))
    assert told["SINERGIA_SITE_URL"] == expected.format(port=port)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", "http://127.0.0.1:8000"),
        ("--port=8131", "http://127.0.0.1:8131"),
        ("--host 0.0.0.0 --port 8131", "http://127.0.0.1:8131"),
        ("--port 80 --host ::", "http://127.0.0.1:80"),
        ("--host 192.168.0.7", "http://192.168.0.7:8000"),
        ("--port 123456", ""),  # refused by the command itself, in its own words
    ],
)
def test_the_address_of_letters_is_read_off_the_command_line(
    line: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SINERGIA_ALLOWED_HOSTS", raising=False)

    assert served_at(line.split()) == expected


def worker_below(pid: int) -> int:
    found = [child for child, line in children_of(pid).items() if line.endswith(" worker")]
    return found[0] if found else 0


@pytest.mark.slow
def test_nothing_is_left_running_when_the_server_is_killed(prepared: Installation) -> None:
    port = free_port()
    with serving(prepared, port) as (server, _):
        below = children_of(server.pid)
        server.kill()
        server.wait()
        until = time.monotonic() + 15
        while any(map(is_alive, below)) and time.monotonic() < until:
            time.sleep(0.1)

    assert [line for pid, line in below.items() if is_alive(pid)] == []


def test_a_busy_port_is_told_in_one_line(prepared: Installation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = prepared.run("serve", "--port", str(port))

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith(f"127.0.0.1:{port} cannot be used")


@pytest.mark.slow  # in a browser the demo is started from nothing
def test_the_first_start_prepares_the_database(empty: Installation) -> None:
    with serving(empty, free_port()) as (_, lines):
        told = [line for line in lines if not line.startswith("Made ")]

    assert told[:2] == [
        "Preparing the database.\n",
        "There is no administrator yet: run “sinergia init --admin EMAIL”.\n",
    ]
