import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations import AddField, CreateModel, RemoveField

from sinergia.base.migrating import Together

SRC = Path(__file__).parents[2] / "src"
KEY: "list[tuple[str, models.Field[Any, Any]]]" = [("id", models.BigAutoField(primary_key=True))]


def test_only_what_belongs_to_making_tables_is_done_together() -> None:
    with pytest.raises(TypeError, match="not a part of making a table"):
        Together([CreateModel("House", KEY), RemoveField("House", "door")])
    with pytest.raises(ValueError, match="Street is made elsewhere"):
        Together([CreateModel("House", KEY), AddField("Street", "door", models.TextField())])


@pytest.mark.both
@pytest.mark.django_db
def test_tables_made_together_have_every_index_and_constraint_of_their_models() -> None:
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if not model.__module__.startswith("sinergia."):
                continue
            there = connection.introspection.get_constraints(cursor, model._meta.db_table)
            wanted = {each.name for each in (*model._meta.indexes, *model._meta.constraints)}
            assert wanted <= set(there), model


STEP_BY_STEP = """
import django
django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
made = MigrationExecutor(connection)
made.loader = MigrationLoader(connection, replace_migrations=False)
ends = made.loader.graph.leaf_nodes()
made.migrate([end for end in ends if not made.loader.graph.nodes[end].replaces])
"""


@pytest.mark.slow
@pytest.mark.django_db
def test_step_by_step_one_comes_to_the_tables_that_are_made_at_once(tmp_path: Path) -> None:
    """Whoever installed before the squashed migrations were there goes the old steps."""
    given = {"SINERGIA_DATA_DIR": str(tmp_path), "PATH": os.environ["PATH"]}
    given["DJANGO_SETTINGS_MODULE"] = "sinergia.web.settings"
    subprocess.run([sys.executable, "-c", STEP_BY_STEP], env=given, check=True)

    (file,) = tmp_path.glob("*.sqlite3")
    with closing(sqlite3.connect(file)) as old, connection.cursor() as cursor:
        cursor.execute(TABLES)
        assert parts_of(old.execute(TABLES).fetchall()) == parts_of(cursor.fetchall())


# The tables of words are made after every migrate, beside the guards.
TABLES = (
    "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index')"
    " AND name NOT LIKE 'base_indexed_words%'"
)


def parts_of(made: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Every table and index with its parts, in no order: columns may stand in another."""
    return {
        name: sorted(re.split(r",\s", (sql or "").partition("(")[2].removesuffix(")")))
        for name, sql in made
    }


def test_whoever_makes_several_tables_makes_them_together() -> None:
    alone = [
        path.relative_to(SRC)
        for path in SRC.glob("**/migrations/0*.py")
        if len(re.findall(r"^        migrations\.CreateModel\(", path.read_text(), re.M)) > 2
        and "Together(" not in path.read_text()
    ]

    assert alone == []
