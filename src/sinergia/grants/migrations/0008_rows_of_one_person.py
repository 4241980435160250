"""Say of rows that are there which are of one person: by address, without one by name in a grant."""

from django.db import migrations

BATCH = 500


def mark(apps, schema_editor):
    """May run twice: rows that are marked already are left as they are."""
    Joiner = apps.get_model("grants", "Joiner")
    JoinedAgain = apps.get_model("grants", "JoinedAgain")
    first, made = {}, []
    told = Joiner.objects.order_by("pk").filter(again=None)
    rows = told.values_list("pk", "key", "email", "name_folded", "role__grant", "queued_at")
    for pk, key, email, name, grant, queued_at in rows.iterator(chunk_size=BATCH):
        if email:
            known = first.setdefault(email, key)
        elif name and queued_at is not None:
            known = first.setdefault((grant, name), key)
        else:
            continue
        if known != key:
            made.append(JoinedAgain(joiner_id=pk, of=known))
    JoinedAgain.objects.bulk_create(made, batch_size=BATCH)


class Migration(migrations.Migration):

    dependencies = [
        ("grants", "0007_who_joined_again"),
    ]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
