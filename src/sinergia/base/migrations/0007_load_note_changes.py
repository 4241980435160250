"""Notes that only say what became of a field, or that a row stands twice, are no warnings."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q


def quieten(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """One statement; it may run twice. The way back has nothing to do: the column itself goes."""
    notes = apps.get_model("base", "LoadNote").objects.exclude(result__in=("queued", "refused"))
    news = Q(code__startswith="field_") | Q(code__in=("row_repeated", "left_out"))
    notes.filter(news).update(is_warning=False)


class Migration(migrations.Migration):
    dependencies = [("base", "0006_load_note_warnings")]

    operations = [migrations.RunPython(quieten, migrations.RunPython.noop)]
