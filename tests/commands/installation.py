"""Installations of their own for commands that run as programs, on whichever database is tested."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from django.conf import settings

SINERGIA = Path(sys.executable).with_name("sinergia")
DATABASE = dict(settings.DATABASES["default"])
IS_POSTGRESQL = str(DATABASE["ENGINE"]).endswith("postgresql")
SECONDS = 120


@dataclass(frozen=True)
class Installation:
    """A data folder, its database, and the command line that belongs to them."""

    folder: Path
    database: str  # its name on PostgreSQL; empty where it lies in the folder

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


def an_installation(folder: Path, *, template: str) -> Iterator[Installation]:
    """Make an installation and take its database away afterwards."""
    if not IS_POSTGRESQL:
        yield Installation(folder, "")
        return
    name = f"made_{uuid4().hex[:12]}"
    execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
    yield Installation(folder, name)
    execute(f"DROP DATABASE {name} WITH (FORCE)")


def execute(statement: str) -> None:
    with psycopg.connect(address_of("postgres"), autocommit=True) as connection:
        connection.execute(statement)


def address_of(name: str) -> str:
    return "postgres://{USER}@{HOST}:{PORT}/".format(**DATABASE) + name


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
