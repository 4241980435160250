"""What a load that has ended leaves behind for whoever asks next."""

import pytest
from django.db import connection

from sinergia.base.tables.actions import MANY, end_load
from tests.arrange import NOON, a_load

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def rows_known_of(table: str) -> float:
    """As many as the planner takes a table to hold; -1 where it was never looked at."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [table])
        (known,) = cursor.fetchone()
    return float(known)


def test_after_a_large_load_the_planner_knows_the_tables() -> None:
    load = a_load()
    load.rows_done = MANY - 1
    end_load(load, seconds=1, now=NOON)
    before = rows_known_of("base_load")
    load.rows_done = MANY
    end_load(load, seconds=1, now=NOON)

    assert before < 1 <= rows_known_of("base_load")
