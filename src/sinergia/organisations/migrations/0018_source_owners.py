"""Gives a source that one centre alone has loaded, and its layouts, to that centre."""

from collections import defaultdict

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def give_to_centres(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """A source that several centres loaded stays everybody's. It may run twice."""
    source = apps.get_model("organisations", "Source")
    layout = apps.get_model("organisations", "SourceLayout")
    loads = apps.get_model("organisations", "RegisterLoad").objects.order_by()
    centres: dict[int, set[int | None]] = defaultdict(set)
    for pk, centre in loads.values_list("source", "centre").distinct():
        centres[pk].add(centre)
    for pk, owners in centres.items():
        if len(owners) == 1:
            (owner,) = owners
            source.objects.filter(pk=pk).update(centre=owner)
            layout.objects.filter(source=pk).update(centre=owner)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0017_sources_of_centres")]

    # The way back has nothing to do: the columns themselves go.
    operations = [migrations.RunPython(give_to_centres, migrations.RunPython.noop)]
