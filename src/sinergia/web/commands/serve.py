"""`sinergia serve`: the site and the worker beside it, ended together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from http.client import HTTPConnection, HTTPException
from types import FrameType
from typing import Annotated

import typer
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connections
from django.utils.translation import gettext as _

from sinergia.web.commands.preparing import collect_static, has_tables, pending_migrations, prepare
from sinergia.web.commands.restore import finish
from sinergia.web.commands.terminal import Failure, say

END_SECONDS = 4.0  # what is under way may take so long to end; then it is cut
START_SECONDS = 60.0
PR_SET_PDEATHSIG = 1  # Linux, prctl(2)


def serve(
    port: Annotated[int, typer.Option("--port")] = 8000,
    host: Annotated[str, typer.Option("--host")] = "127.0.0.1",
) -> None:
    """Serve until Ctrl-C or SIGTERM."""
    finish()
    if not has_tables():
        say(_("Preparing the database."))
        prepare()
        say(_("There is no administrator yet: run “sinergia init --admin EMAIL”."))
    elif pending_migrations():
        raise Failure(_("The database is of an older version: run “sinergia init --admin EMAIL”."))
    start(host=host, port=port)


def start(*, host: str, port: int) -> None:
    """Run the web server and the worker; come back when both have ended.

    The worker is started again if it falls; if the web server falls, everything ends.
    """
    refuse_port(host, port)
    collect_static()
    connections.close_all()
    stopping: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _noting(stopping))
    server = launch(server_command(host, port))
    worker = launch(worker_command())
    try:
        wait_for_answer(server, host, port, stopping)
        while not stopping:
            if server.poll() is not None:
                raise Failure(_("The web server has ended by itself; see the lines above."))
            if worker.poll() is not None:
                time.sleep(1)
                worker = launch(worker_command())
            time.sleep(0.1)
    finally:
        end([server, worker])


def refuse_port(host: str, port: int) -> None:
    """Say at once that a port cannot be had."""
    if not 1 <= port <= 65535:
        raise ValidationError(_("--port: a number from 1 to 65535."))
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        named = {"address": f"{host}:{port}", "reason": error.strerror or str(error)}
        told = _("%(address)s cannot be used (%(reason)s); try another: --port 8080.")
        raise Failure(told % named) from error


def server_command(host: str, port: int) -> list[str]:
    """Give gunicorn's command line; the rest is said in `sinergia.web.server`."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    settings_of_ours = ["--config", "python:sinergia.web.server"]
    return [sys.executable, "-m", "gunicorn", *settings_of_ours, "--bind", address]


def worker_command() -> list[str]:
    """Give the command line of the worker."""
    return [sys.executable, "-c", "from sinergia.command import main; main()", "worker"]


def launch(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a program that Ctrl-C does not reach and that does not outlive us."""
    given = {name: value for name, value in os.environ.items() if name != "GUNICORN_CMD_ARGS"}
    return subprocess.Popen(  # noqa: S603  # our own programs
        command,
        env=given,
        start_new_session=True,
        preexec_fn=_end_with_parent if sys.platform == "linux" else None,
    )


def wait_for_answer(
    server: subprocess.Popen[bytes], host: str, port: int, stopping: Sequence[int]
) -> None:
    """Wait until the first page comes, then say where the site is."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # compared, not bound
    name = settings.ALLOWED_HOSTS[0].lstrip(".*") or near
    until = time.monotonic() + START_SECONDS
    while not stopping and server.poll() is None and time.monotonic() < until:
        asked = HTTPConnection(near, port, timeout=10)
        try:
            asked.request("GET", "/", headers={"Host": name})
            asked.getresponse().read()
        except (OSError, HTTPException):
            time.sleep(0.05)
            continue
        finally:
            asked.close()
        say(_("Open http://%s in a browser. Ctrl-C ends it.") % f"{near}:{port}")
        return


def end(programs: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask every program to end; after END_SECONDS do not ask."""
    for program in programs:
        program.send_signal(signal.SIGTERM)
    until = time.monotonic() + END_SECONDS
    for program in programs:
        try:
            program.wait(timeout=max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()


def _noting(stopping: list[int]) -> Callable[[int, FrameType | None], None]:
    def note(number: int, _frame: FrameType | None) -> None:
        stopping.append(number)

    return note


def _end_with_parent() -> None:
    """Have the kernel end this program if whoever started it is killed."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


COMMANDS = (serve,)
