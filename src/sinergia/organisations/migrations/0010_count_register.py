"""Counts the register as it stands into the cube of its filters."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Count
from django.db.models.functions import ExtractYear

OLDEST_YEAR = 2015
STEP = 500  # rows written in one statement


def count_register(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Count it anew: what was counted before is put away first, so this may run twice."""
    organisation = apps.get_model("organisations", "Organisation")
    register_count = apps.get_model("organisations", "RegisterCount")
    cells: dict[tuple[object, ...], int] = {}
    columns = ("region", "legal_form", "kind", "is_public", "status")
    rows = organisation.objects.order_by().values_list(
        *columns, ExtractYear("registered_on"), "applications_count", "won_count"
    )
    for *alike, year, applications, won, number in rows.annotate(number=Count("pk")):
        has = "won" if won else "applied" if applications else "none"
        cell = (*alike, max(year, OLDEST_YEAR) if year else 0, has)
        cells[cell] = cells.get(cell, 0) + number
    register_count.objects.all().delete()
    register_count.objects.bulk_create(
        [_row(register_count, cell, number) for cell, number in cells.items()], batch_size=STEP
    )


def _row(register_count: type, cell: tuple[object, ...], number: int) -> object:
    region, legal_form, kind, is_public, status, year, has = cell
    parts = (region or 0, legal_form or 0, kind, int(bool(is_public)), status, year, has)
    return register_count(
        cell="|".join(str(part) for part in parts),
        region_id=region,
        legal_form_id=legal_form,
        kind=kind,
        is_public=is_public,
        status=status,
        year=year,
        has=has,
        number=number,
    )


class Migration(migrations.Migration):
    dependencies = [("organisations", "0009_register_count_in_rows")]

    operations = [migrations.RunPython(count_register, migrations.RunPython.noop)]
