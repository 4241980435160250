"""Errands measured from outside: workers are programs, killed and timed as on a real machine."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench.site import percentile

ROOT = Path(__file__).resolve().parent.parent
IDLE_SECONDS = 20
LEASE = 30.0  # seconds: as `sinergia.base.errands.actions.LEASE`
KILLS = 20
ERRANDS = 1_000


def measured(settings: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Give each line of docs/benchmarks.md about errands: what was measured, and its bar.

    What was promised by measurements before, as thousands of letters, is taken out first.
    """
    trial(settings, "clear")
    with worker(settings, LEASE) as running:
        await_start(settings)
        taken = json.loads(trial(settings, "pace", "200"))
        busy = idle_share(running.pid)
    trial(settings, "promise", str(ERRANDS), "leave_a_row")
    trial(settings, "kill", str(KILLS), "2")
    told = await_done(settings, lease=2.0)
    again = orphan_seconds(settings, LEASE)
    wrong = int(told["promised"]) - int(told["rows"]) + int(told["doubled"])
    return {
        "errand, promise to done, p95": (f"{percentile(taken):.0f} ms", "300 ms"),
        "worker that waits, share of a core": (f"{busy:.1%}", "2 %"),
        f"{ERRANDS:,} errands, {KILLS} workers killed: lost or doubled": (str(wrong), "0"),
        "errand of a killed worker taken again": (f"{again:.0f} s", "90 s"),
    }


def trial(settings: Mapping[str, str], *words: str) -> str:
    """Run `bench.trial` to its end; give what it printed."""
    done = subprocess.run(  # noqa: S603  # our own program
        command(*words), env=dict(settings), capture_output=True, text=True, check=False, cwd=ROOT
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


@contextmanager
def worker(settings: Mapping[str, str], lease: float) -> Iterator["subprocess.Popen[bytes]"]:
    """Start a worker; end it as an operator would, if it was not killed."""
    running = start(settings, lease)
    try:
        yield running
    finally:
        running.terminate()
        running.wait()


def start(settings: Mapping[str, str], lease: float) -> "subprocess.Popen[bytes]":
    """Start a worker that knows the tasks of the trial."""
    return subprocess.Popen(  # noqa: S603  # our own program
        command("work", str(lease)), env=dict(settings), cwd=ROOT, stderr=subprocess.DEVNULL
    )


def await_done(
    settings: Mapping[str, str], *, lease: float, seconds: float = 120
) -> dict[str, int]:
    """Have one worker finish what is left; tell what became of it all."""
    until = time.monotonic() + seconds
    with worker(settings, lease):
        while True:
            told: dict[str, int] = json.loads(trial(settings, "tell"))
            ended = told["done"] + told["given_up"]
            if ended == told["promised"] or time.monotonic() > until:
                return told


def orphan_seconds(settings: Mapping[str, str], lease: float) -> float:
    """Kill a worker in the middle of a long errand; give seconds until another takes it again."""
    trial(settings, "sleep", "5")
    with worker(settings, lease) as first:
        trial(settings, "await", "1")
        first.send_signal(signal.SIGKILL)
        first.wait()
    killed_at = time.monotonic()
    with worker(settings, lease):
        trial(settings, "await", "2")
        return time.monotonic() - killed_at


def await_start(settings: Mapping[str, str]) -> None:
    """Wait until a worker has done a first errand."""
    trial(settings, "pace", "1")


def idle_share(pid: int) -> float:
    """The share of a core that a program takes while nobody asks anything of it."""
    before = _cpu_seconds(pid)
    time.sleep(IDLE_SECONDS)
    return (_cpu_seconds(pid) - before) / IDLE_SECONDS


def command(*words: str) -> list[str]:
    """The command line of `bench.trial`."""
    return [sys.executable, "-m", "bench.trial", *words]


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
