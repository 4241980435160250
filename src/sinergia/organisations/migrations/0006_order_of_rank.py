from django.db import migrations, models


class Migration(migrations.Migration):
    """A list may be put in order of rank, and back."""

    dependencies = [("organisations", "0005_who_wrote_it")]

    operations = [
        migrations.AddField("contactlist", "is_by_rank", models.BooleanField(default=False)),
        migrations.AddField(
            "listedcontact", "former_place", models.PositiveIntegerField(blank=True, null=True)
        ),
    ]
