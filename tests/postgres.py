"""A PostgreSQL of the tests' own: made in a temporary folder, gone when they end.

python -m tests.postgres COMMAND ...    runs COMMAND with SINERGIA_DATABASE_URL set to it
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

START_SECONDS = 30
# Nothing here outlives the tests, so nothing needs to be safe from a power cut.
HASTE = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


def find_postgres() -> Path | None:
    """Give the folder of the newest installed PostgreSQL's programs; none where there is none."""
    packaged = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name)
    )
    on_path = shutil.which("initdb")
    folders = [*reversed(packaged), *([Path(on_path).parent] if on_path else [])]
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@contextmanager
def running_postgres() -> Iterator[str]:
    """Start a server; give the address of its database; stop it whatever happens."""
    programs = find_postgres()
    if programs is None:
        raise FileNotFoundError("PostgreSQL is not installed")
    owner = _owner()
    with tempfile.TemporaryDirectory(prefix="sinergia-pg-") as name:
        folder = Path(name)
        if owner:
            os.chown(folder, owner, -1)
        port = _free_port()
        _run(
            programs, "initdb", ["-D", name + "/data", "-U", "sinergia", "-A", "trust", "-N"], owner
        )
        server = _start(programs, folder, port, owner)
        try:
            _wait(programs, name, port, server)
            yield f"postgres://sinergia@127.0.0.1:{port}/postgres"
        finally:
            # "Immediate": no waiting for connections that a failed test left open.
            server.send_signal(signal.SIGQUIT)
            server.wait(timeout=30)


def _owner() -> int:
    """Give the user to run as: PostgreSQL refuses root. 0 where we are not root."""
    if os.getuid() != 0:
        return 0
    known = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _settings() -> Mapping[str, str]:
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _run(programs: Path, program: str, rest: list[str], owner: int) -> None:
    subprocess.run(  # PostgreSQL's own programs
        [str(programs / program), *rest],
        check=True,
        user=owner or None,
        cwd="/",
        env=_settings(),
        stdout=subprocess.DEVNULL,
    )


def _start(programs: Path, folder: Path, port: int, owner: int) -> subprocess.Popen[bytes]:
    options = ["listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={folder}"]
    given = [part for option in [*options, *HASTE] for part in ("-c", option)]
    # A session of its own: Ctrl-C goes to the tests, and they stop the server.
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(  # PostgreSQL's own programs
            [str(programs / "postgres"), "-D", str(folder / "data"), *given],
            user=owner or None,
            cwd="/",
            env=_settings(),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _wait(programs: Path, name: str, port: int, server: subprocess.Popen[bytes]) -> None:
    asked = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    until = time.monotonic() + START_SECONDS
    while subprocess.run(asked, check=False).returncode != 0:  # PostgreSQL's own
        if server.poll() is not None or time.monotonic() > until:
            log = Path(name, "log").read_text(encoding="utf-8", errors="replace")
            raise RuntimeError(f"PostgreSQL did not start: {log[-2000:]}")
        time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def main() -> int:
    """Run the command that was given beside a server; give its exit code."""
    signal.signal(signal.SIGTERM, _leave)
    with running_postgres() as address:
        settings = {**os.environ, "SINERGIA_DATABASE_URL": address}
        return subprocess.run(sys.argv[1:], env=settings, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
