"""Takes the mark "shown to everybody" from telephones: they are never public."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def hide_phones(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """One statement; it may run twice. Undone it leaves them hidden: who chose is not kept."""
    reach = apps.get_model("organisations", "Reach")
    reach.objects.filter(kind="phone", is_public=True).update(is_public=False)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0014_papers")]

    operations = [migrations.RunPython(hide_phones, migrations.RunPython.noop)]
