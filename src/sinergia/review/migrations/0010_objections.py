import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("applications", "0007_origins"),
        ("review", "0001_review_of_a_contest"),
    ]

    operations = [
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("whom", models.CharField(max_length=300)),
                ("reason", models.TextField()),
                ("raised_at", models.DateTimeField()),
                ("raised_by", models.UUIDField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("settled_by", models.UUIDField(blank=True, null=True)),
                ("why", models.TextField(blank=True)),
                ("submission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="applications.submission")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("whom", ""), _negated=True), models.Q(("reason", ""), _negated=True)),
                        name="objection_has_words",
                    )
                ],
            },
        ),
    ]
