"""Making an installation fit to serve: its tables and its static files."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from sinergia.base import guards


def prepare() -> None:
    """Bring tables and static files up to this version; doing it again changes nothing."""
    if pending_migrations():
        call_command("migrate", interactive=False, verbosity=0)
    guards.restore(using=connection.alias)
    collect_static()


def has_tables() -> bool:
    """Whether this database was ever prepared."""
    return bool(connection.introspection.table_names())


def pending_migrations() -> list[str]:
    """Names of the steps that the database has still to take."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def collect_static() -> None:
    """Copy styles, scripts and fonts to where they are served from, if any has changed."""
    if not is_static_stale():
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    _stamp().write_text(_fingerprint(), encoding="utf-8")


def is_static_stale() -> bool:
    """Whether what is served is older than what is installed."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    stamp = _stamp()
    return not (manifest.exists() and stamp.exists() and stamp.read_text() == _fingerprint())


def _stamp() -> Path:
    return Path(settings.STATIC_ROOT).with_suffix(".stamp")


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
