"""Installations of their own for commands that run as programs, on whichever database is tested."""

import json
import os
import random
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from django.conf import settings

from tests.slowness import slowness

SINERGIA = Path(sys.executable).with_name("sinergia")
DATABASE = dict(settings.DATABASES["default"])
IS_POSTGRESQL = str(DATABASE["ENGINE"]).endswith("postgresql")
SECONDS = 120 * slowness()  # no command takes so long, but one that hangs must end
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Installation:
    """A data folder, its database, and the command line that belongs to them."""

    folder: Path
    database: str  # its name on PostgreSQL; empty where it lies in the folder
    standing: "Standing | None" = None  # what forks its commands, where they differ in nothing else

    @property
    def settings(self) -> dict[str, str]:
        """The environment its commands run in."""
        kept = {name: value for name, value in os.environ.items() if "SINERGIA" not in name}
        made = {"SINERGIA_DATA_DIR": str(self.folder), "SINERGIA_LANGUAGE": "en"}
        if self.database:
            made["SINERGIA_DATABASE_URL"] = address_of(self.database)
        return kept | made

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end. more: variables that differ."""
        if self.standing is not None and not more:
            return self.standing.run(words)
        return subprocess.run(
            [SINERGIA, *words],
            env=self.settings | more,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def start(self, *words: str, **more: str) -> subprocess.Popen[str]:
        """Start a command that goes on until it is ended."""
        return subprocess.Popen(
            [SINERGIA, *words],
            env=self.settings | more,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )


class Standing:
    """A program that forks the commands of one installation: see `standing.py`."""

    def __init__(self, installation: Installation) -> None:
        self.program = subprocess.Popen(
            [sys.executable, "-m", "tests.commands.standing"],
            env=installation.settings | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, words: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        assert self.program.stdin is not None
        assert self.program.stdout is not None
        with tempfile.TemporaryDirectory() as folder:
            out, error = Path(folder, "out"), Path(folder, "error")
            asked = {
                "words": words,
                "folder": str(Path.cwd()),
                "out": str(out),
                "error": str(error),
            }
            self.program.stdin.write(json.dumps(asked) + "\n")
            self.program.stdin.flush()
            code = int(self.program.stdout.readline())
            return subprocess.CompletedProcess(words, code, out.read_text(), error.read_text())

    def end(self) -> None:
        """Let it go."""
        self.program.communicate()


def an_installation(
    folder: Path, *, template: str, name: str = "", standing: Standing | None = None
) -> Iterator[Installation]:
    """Make an installation and take its database away afterwards. name: of that database."""
    if not IS_POSTGRESQL:
        yield Installation(folder, "", standing)
        return
    name = name or f"made_{uuid4().hex[:12]}"
    execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
    yield Installation(folder, name, standing)
    execute(f"DROP DATABASE {name} WITH (FORCE)")


def execute(statement: str) -> None:
    with psycopg.connect(address_of("postgres"), autocommit=True) as connection:
        connection.execute(statement)


def address_of(name: str) -> str:
    return "postgres://{USER}@{HOST}:{PORT}/".format(**DATABASE) + name


def free_port() -> int:
    """A port below those that the kernel gives to who connects.

    One of those may be its own first caller: a socket that asks whether anybody is there yet.
    """
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
