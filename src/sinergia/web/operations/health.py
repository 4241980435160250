"""Whether the site can do its work: a few cheap questions for a machine that asks every second."""

from collections.abc import Callable
from datetime import datetime
from functools import cache

from django.apps import apps
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from sinergia.base.errands.queries import workers_alive
from sinergia.base.files.adapters.disk import LEAST_FREE_BYTES, free_bytes
from sinergia.base.journal import guard as journal_guard
from sinergia.base.journal.actions import LOUD_AFTER
from sinergia.base.journal.queries import lately_unsealed_entries
from sinergia.base.search import guard as search_guard


def health(*, now: datetime) -> dict[str, bool]:
    """Answer each question with yes or no; where the database is silent, all of its are no."""
    asked: dict[str, Callable[[], bool]] = {
        "database": _answers,
        "migrations": _has_all_tables,
        "worker": lambda: workers_alive(now=now).exists(),
        "journal": lambda: not lately_unsealed_entries().filter(at__lt=now - LOUD_AFTER).exists(),
        "triggers": _has_all_triggers,
        "disk": lambda: free_bytes() >= LEAST_FREE_BYTES,
    }
    return {name: _is_so(question) for name, question in asked.items()}


def _is_so(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except (DatabaseError, OSError):
        return False


def _answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _has_all_tables() -> bool:
    return _steps_of_this_version() <= MigrationRecorder(connection).applied_migrations().keys()


def _has_all_triggers() -> bool:
    return not journal_guard.missing(connection) and not search_guard.missing(connection)


@cache
def _steps_of_this_version() -> frozenset[tuple[str, str]]:
    """Every step that the installed code knows: read once, it does not change while we run."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = {one.label for one in apps.get_app_configs()}
    return frozenset(step for step in loader.disk_migrations if step[0] in known)
