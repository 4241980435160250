"""Rules of contests under review stand; a contest for practice goes with what was decided."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone


def note(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """Of contests under review, note that they are: since now, their first day is not kept."""
    examinations = apps.get_model("review", "Examination").objects.values("contest")
    rules = apps.get_model("calls", "ContestRules").objects.filter(contest__in=examinations)
    rules.filter(judged_at=None).update(judged_at=timezone.now())


class Migration(migrations.Migration):

    dependencies = [
        ('calls', '0006_rules_stand_once_judged'),
        ('review', '0004_exclusion_keeps_who_had_left'),
    ]

    operations = [
        migrations.RunPython(note, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='award',
            name='sitting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='review.sitting'),
        ),
    ]
