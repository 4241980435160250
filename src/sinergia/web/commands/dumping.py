"""Getting a database into a file and back: SQLite by its own copy, PostgreSQL by its programs."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from django.db import connection, connections
from django.utils.translation import gettext as _

from sinergia.web.commands.terminal import Failure

SUFFIX = ".restoring"  # a database waiting beside the one whose place it takes
# One transaction with what follows it: either the old tables stand or the new ones.
DROP_ALL = """
SET lock_timeout = '10s';
DO $$ DECLARE found record; BEGIN
    FOR found IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
        EXECUTE format('DROP TABLE %I CASCADE', found.tablename);
    END LOOP;
    FOR found IN SELECT oid::regprocedure AS name FROM pg_proc
        WHERE pronamespace = current_schema()::regnamespace LOOP
        EXECUTE 'DROP ROUTINE ' || found.name || ' CASCADE';
    END LOOP;
END $$;
"""


def dump(target: Path) -> None:
    """Copy the database as of one moment into a file, while others read and write."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
    else:
        _call("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"])


def refuse_company() -> None:
    """Refuse to exchange an SQLite file that somebody has open: what they write would be lost."""
    path = sqlite_path()
    connections.close_all()
    if path is None or not path.exists():
        return
    with closing(sqlite3.connect(path, timeout=1)) as alone:
        try:
            # Only whoever is alone with the file may leave WAL; its rest is written back too.
            alone.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            raise Failure(_("The site is running on this data: end it first.")) from error


def put_back(dumped: Path) -> None:
    """Exchange the database for a dump: on PostgreSQL at once, on SQLite by `finish`'s rename."""
    path = sqlite_path()
    connections.close_all()
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(dumped, waiting_path(path))
        return
    script, drop = dumped.with_suffix(".sql"), dumped.with_suffix(".drop.sql")
    drop.write_text(DROP_ALL, encoding="utf-8")
    _call("pg_restore", ["--no-owner", "--no-privileges", f"--file={script}", str(dumped)])
    quiet = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    _call("psql", [*quiet, f"--file={drop}", f"--file={script}"])


def sqlite_path() -> Path | None:
    """Where the SQLite file is; none on PostgreSQL."""
    return Path(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None


def waiting_path(path: Path) -> Path:
    """Where a restored SQLite file waits for its place."""
    return path.with_name(path.name + SUFFIX)


def _call(program: str, arguments: Sequence[str]) -> None:
    """Run one of PostgreSQL's programs on our database; tell its first complaint."""
    done = subprocess.run(  # noqa: S603  # PostgreSQL's own programs
        [_find(program), *arguments],
        env={**os.environ, **_address()},
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise Failure(_("%(program)s failed: %(reason)s") % {"program": program, "reason": told})


def _find(program: str) -> str:
    packaged = Path("/usr/lib/postgresql").glob(f"*/bin/{program}")
    newest = sorted(packaged, key=lambda path: float(path.parent.parent.name))
    found = str(newest[-1]) if newest else shutil.which(program)
    if not found:
        raise Failure(_("%s is not installed (Debian: postgresql-client).") % program)
    return found


def _address() -> Mapping[str, str]:
    """Say where the database is by variables: a password on a command line is seen by all."""
    given = connection.settings_dict
    named = {
        "PGHOST": given["HOST"],
        "PGPORT": given["PORT"],
        "PGUSER": given["USER"],
        "PGPASSWORD": given["PASSWORD"],
        "PGDATABASE": given["NAME"],
        "PGSSLMODE": given["OPTIONS"].get("sslmode", ""),
    }
    return {name: str(value) for name, value in named.items() if value}
