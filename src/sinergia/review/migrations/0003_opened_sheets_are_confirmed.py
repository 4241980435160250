"""What an expert has opened they read by the statement that they had signed before."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def confirm(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """Twice is harmless. Sheets that nobody has opened are asked about."""
    opened = apps.get_model("review", "Sheet").objects.filter(opened_at__isnull=False)
    opened.filter(confirmed_at=None).update(confirmed_at=F("opened_at"))


class Migration(migrations.Migration):
    dependencies = [("review", "0002_confirmed_and_adopted")]

    operations = [migrations.RunPython(confirm, migrations.RunPython.noop)]
