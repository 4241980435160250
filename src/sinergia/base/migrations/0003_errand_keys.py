from uuid import uuid4

from django.db import migrations

AT_ONCE = 500


def give_keys(apps, schema_editor):
    """Give every errand that was promised before a key, and the moment it was due as its age."""
    errands = apps.get_model("base", "Errand").objects.using(schema_editor.connection.alias)
    while rows := list(errands.filter(key__isnull=True).order_by("pk")[:AT_ONCE]):
        for row in rows:
            row.key = uuid4()
            row.promised_at = row.run_after
        errands.bulk_update(rows, ["key", "promised_at"])


class Migration(migrations.Migration):

    dependencies = [
        ('base', '0002_errand_claims'),
    ]

    operations = [
        # The way back has nothing to do: the columns themselves go.
        migrations.RunPython(give_keys, migrations.RunPython.noop),
    ]
