import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What a person found by a check of admission is a row."""

    dependencies = [
        ("applications", "0008_withdrawals_and_terms"),
        ("files", "0001_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckDone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("code", models.CharField(max_length=40)),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("clear", "Nothing speaks against it"),
                            ("against", "It speaks against admission"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.TextField()),
                ("looked_on", models.DateField()),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "file",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="applications.submission",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("submission", "code"),
                        name="check_of_a_code_once",
                    )
                ],
            },
        ),
    ]
