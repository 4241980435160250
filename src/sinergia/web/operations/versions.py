"""What runs here, and how large it has grown."""

import platform
from pathlib import Path

import django
from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from sinergia import __version__


def versions() -> list[tuple[str, str]]:
    """Name each program that matters, with its version."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
        else:
            cursor.execute("SHOW server_version")
        version = str(cursor.fetchone()[0])
    return [
        ("Sinergia", __version__),
        ("Python", platform.python_version()),
        ("Django", django.get_version()),
        (connection.display_name, version),
    ]


def database_bytes() -> int:
    """How much room the database takes on the disk."""
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]))
        beside = (path, path.with_name(path.name + "-wal"))
        return sum(one.stat().st_size for one in beside if one.exists())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def last_migration() -> str:
    """Name the step that our own tables took last."""
    ours = [one.label for one in apps.get_app_configs() if one.name.startswith("sinergia.")]
    taken = MigrationRecorder(connection).migration_qs.filter(app__in=ours)
    last = taken.order_by("-id").values_list("app", "name").first()
    return ".".join(last) if last else ""
