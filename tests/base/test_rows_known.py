"""SQLite is told how many rows its tables have, so that it asks them in a good order."""

import pytest
from django.db import connection

from sinergia.base.errands import tasks
from sinergia.base.errands.models import Turn
from tests.arrange import NOON


@pytest.mark.django_db
def test_the_database_is_told_each_day_how_many_rows_there_are() -> None:
    Turn.objects.bulk_create(Turn(name=f"trial.{n}", next_at=NOON) for n in range(2_000))
    assert rows_known() == 0

    tasks.look_at_tables()

    assert rows_known() >= 1_000  # a sample tells it near enough


def rows_known() -> int:
    """What the planner takes the table of turns for."""
    table = Turn._meta.db_table  # public in Django
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'")
        if cursor.fetchone() is None:
            return 0
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = %s", [table])
        found = [int(stat.split()[0]) for (stat,) in cursor.fetchall()]
    return max(found, default=0)
