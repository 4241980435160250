from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = [
    "DROP TRIGGER IF EXISTS base_indexed_added",
    "DROP TRIGGER IF EXISTS base_indexed_removed",
    "DROP TRIGGER IF EXISTS base_indexed_changed",
    "DROP TABLE IF EXISTS base_indexed_words",
]
POSTGRESQL = ["ALTER TABLE base_indexed DROP COLUMN IF EXISTS words"]


def drop_index(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop what `base.search.guard` makes again, over all columns, after every migrate."""
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in SQLITE if is_sqlite else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("base", "0004_errand_keys_required")]

    operations = [
        migrations.RunPython(drop_index, migrations.RunPython.noop),
        migrations.AddField(
            model_name="indexed",
            name="head",
            field=models.TextField(db_default=""),
        ),
        migrations.AddField(
            model_name="indexed",
            name="weight",
            field=models.PositiveSmallIntegerField(
                choices=[(0, "Last"), (1, "Usual"), (2, "First")], db_default=1, default=1
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, drop_index),
    ]
