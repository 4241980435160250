"""Where the organisations stood that were merged before; their pictures say so."""

import json

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

STEP = 200


def fill(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    merge, region = (apps.get_model(*one) for one in (("organisations", "Merge"), ("places", "Region")))
    known = set(region.objects.values_list("pk", flat=True))
    for row in merge.objects.filter(gone_region=None).order_by("pk").iterator(chunk_size=STEP):
        (picture,) = json.loads(json.loads(bytes(row.content))["values"]["row"])
        if picture["fields"].get("region") in known:
            row.gone_region_id = picture["fields"]["region"]
            row.save(update_fields=["gone_region"])


class Migration(migrations.Migration):

    dependencies = [("organisations", "0019_merge_gone_region")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
