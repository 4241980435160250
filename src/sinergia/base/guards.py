"""Puts back what a migration may have taken away: triggers of the journal and of search."""

from typing import Any

from django.db import connections

from sinergia.base.journal import guard as journal_guard
from sinergia.base.search import guard as search_guard


def restore(*, using: str, **given: Any) -> None:  # noqa: ANN401  # the signal's own keywords
    """Make every trigger that is missing; doing it again changes nothing."""
    connection = connections[using]
    journal_guard.install(connection)
    search_guard.install(connection)
