from django.db import migrations

FOLDED = [
    ("places_region", "name_folded", 120),
    ("places_municipality", "name_folded", 150),
    ("places_theme", "name_folded", 150),
    ("organisations_organisation", "name_folded", 500),
    ("calls_direction", "name_folded", 300),
    ("calls_statusword", "word_folded", 200),
    ("applications_application", "title_folded", 300),
]


def sort_by_code_points(apps, schema_editor):
    """Folded text is sorted as SQLite sorts it, whatever the locale of the server."""
    if schema_editor.connection.vendor != "postgresql":
        return
    for table, column, length in FOLDED:
        schema_editor.execute(
            f'ALTER TABLE {table} ALTER COLUMN {column} TYPE varchar({length}) COLLATE "C"'
        )


class Migration(migrations.Migration):
    """One order of names on both databases."""

    dependencies = [
        ("applications", "0001_initial"),
        ("calls", "0001_initial"),
        ("organisations", "0001_initial"),
        ("places", "0001_initial"),
    ]
    operations = [migrations.RunPython(sort_by_code_points, migrations.RunPython.noop)]
