"""Number what was published before there was a feed; undone, the numbers go with their table."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, OuterRef, Subquery

STEP = 500


def number(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    practice, change, last = (
        apps.get_model("practices", name) for name in ("Practice", "Change", "LastChange")
    )
    last_change, _made = last.objects.get_or_create(pk=1)
    texts = apps.get_model("practices", "PracticeRevision").objects.filter(why="published")
    latest = texts.filter(practice=OuterRef("pk")).order_by("-pk").values("at")[:1]
    rows = practice.objects.filter(stage="published", removed_at=None, change=None)
    rows = rows.exclude(organisation=None).annotate(text_at=Subquery(latest))
    told = list(rows.exclude(text_at=None).order_by("text_at", "pk").values_list("pk", "text_at"))
    for at in range(0, len(told), STEP):
        some = enumerate(told[at : at + STEP], start=last_change.number + 1)
        made = [change(practice_id=pk, number=here, at=when) for here, (pk, when) in some]
        change.objects.bulk_create(made)
        last_change.number += len(made)
        last.objects.filter(pk=1).update(number=F("number") + len(made))


class Migration(migrations.Migration):
    dependencies = [("practices", "0002_feeds")]

    operations = [migrations.RunPython(number, migrations.RunPython.noop)]
