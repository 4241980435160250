"""Two hundred people write at once, each saves a field every three seconds; the server is killed.

How long a save takes is measured while the server stands; what was lost, after it was killed and
started again. What a page does is done here: a save that got no answer is sent once more as it was,
until it is answered. At the end every text that was answered "saved" has to stand in the database.
"""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from bench.site import percentile

ROOT = Path(__file__).resolve().parent.parent
SINERGIA = str(Path(sys.executable).with_name("sinergia"))
PORT = 8319
WRITTEN = ("problem", "summary", "qualitative", "information_support", "development")
SECONDS, PAUSE, KILLED_AFTER = 60, 3.0, 42
TOKEN = "t" * 32


@dataclass
class Writer:
    """One person: what they typed last and was confirmed, by field; how long each save took."""

    project: str
    session: str
    place: int
    versions: dict[str, int] = field(default_factory=lambda: dict.fromkeys(WRITTEN, 1))
    kept: dict[str, str] = field(default_factory=dict)
    taken: list[float] = field(default_factory=list)
    again: int = 0

    def write(self, until: float) -> None:
        """Save a field, and another one three seconds later, until the time is over."""
        begins = time.monotonic() + self.place * PAUSE / 200
        for turn in range(SECONDS):
            time.sleep(max(0.0, begins + turn * PAUSE - time.monotonic()))
            if time.monotonic() > until:
                return
            path = WRITTEN[turn % len(WRITTEN)]
            self.save(path, f"Слово {turn} человека {self.place}. " + "Двор живёт. " * 30)

    def save(self, path: str, text: str) -> None:
        """Have one text saved, however often it has to be sent."""
        given: dict[str, str | int] = {"path": path, "text": text, "base": self.versions[path]}
        while True:
            begun = time.perf_counter()
            try:
                status, body = self._post(given)
            except (OSError, http.client.HTTPException):
                self.again += 1
                time.sleep(1)
                continue
            if status != http.client.OK:
                raise RuntimeError(f"{status}: {body[:300]}")
            self.taken.append((time.perf_counter() - begun) * 1000)
            self.versions[path] = json.loads(body)["version"]
            self.kept[path] = text
            return

    def _post(self, given: Mapping[str, str | int]) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
        }
        connection.request("POST", f"/projects/{self.project}/save/", urlencode(given), headers)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, body


def measured(settings: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Give each line of docs/benchmarks.md about saves of drafts, and its bar."""
    made = json.loads(_run(settings, "make"))
    writers = [Writer(one["project"], one["session"], n) for n, one in enumerate(made)]
    server = _serve(settings)
    until = time.monotonic() + SECONDS
    threads = [threading.Thread(target=one.write, args=(until,)) for one in writers]
    for thread in threads:
        thread.start()
    time.sleep(KILLED_AFTER)
    taken = [one for writer in writers for one in writer.taken]
    _kill(server)
    server = _serve(settings)
    for thread in threads:
        thread.join()
    server.terminate()
    server.wait()
    told = json.loads(_run(settings, "tell"))
    lost = sum(
        told[one.project][path] != text for one in writers for path, text in one.kept.items()
    )
    name = f"{len(writers)} people, a field every 3 s, in projects of 60 kB"
    return {
        f"{name} ({len(taken):,} saves), p95": (f"{percentile(taken):.0f} ms", "50 ms"),
        "the server killed meanwhile: texts lost": (str(lost), "0"),
    }


def _serve(settings: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    server = subprocess.Popen(  # noqa: S603  # our own command
        [SINERGIA, "serve", "--port", str(PORT)],
        env=dict(settings),
        stdout=subprocess.PIPE,
    )
    if server.stdout is None or not server.stdout.readline():  # said when the first page came
        raise SystemExit(f"no server on port {PORT}")
    return server


def _kill(server: "subprocess.Popen[bytes]") -> None:
    """Kill the server and everything that it has started, all in the middle of what they do."""
    family = [server.pid]
    for pid in family:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
        family += map(int, children.split())
    for pid in family:
        os.kill(pid, signal.SIGKILL)
    server.wait()


def _run(settings: Mapping[str, str], *words: str) -> str:
    done = subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-m", "bench.writers", *words],
        env=dict(settings),
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout
