import re
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


def test_whoever_makes_several_tables_makes_them_together() -> None:
    alone = [
        path.relative_to(SRC)
        for path in SRC.glob("**/migrations/0*.py")
        if len(re.findall(r"^        migrations\.CreateModel\(", path.read_text(), re.M)) > 2
        and "Together(" not in path.read_text()
    ]

    assert alone == []
