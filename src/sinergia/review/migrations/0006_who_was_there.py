"""A decided question keeps who was there: others may come, or leave, before the next one."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def note(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """Of what was decided in person, note who is marked as present: till now nobody else could be."""
    items, presence = (apps.get_model("review", name) for name in ("Item", "Presence"))
    decided = items.objects.exclude(decision="").filter(sitting__form="in_person", present=None)
    for sitting in sorted(set(decided.values_list("sitting", flat=True))):
        there = presence.objects.filter(sitting=sitting).values_list("member", flat=True)
        decided.filter(sitting=sitting).update(present=sorted(there))


class Migration(migrations.Migration):

    dependencies = [
        ("review", "0005_training_contest_goes_whole"),
    ]

    operations = [
        migrations.AddField(
            model_name="item",
            name="present",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.RunPython(note, migrations.RunPython.noop),
    ]
