import django.db.models.deletion
from django.db import migrations, models

RESULTS = ("created", "updated", "unchanged", "queued", "refused")


class Migration(migrations.Migration):
    dependencies = [("base", "0007_load_note_changes")]

    operations = [
        migrations.CreateModel(
            name="LoadPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_row", models.PositiveIntegerField()),
                ("last_row", models.PositiveIntegerField()),
                *((result, models.PositiveIntegerField()) for result in RESULTS),
                ("content", models.BinaryField()),
                (
                    "load",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="base.load",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["load", "first_row"], name="load_part_rows")],
            },
        ),
    ]
