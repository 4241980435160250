from django.db import migrations, models


class Migration(migrations.Migration):
    """Who of the centre wrote a card and a way to reach; of older ones nobody knows."""

    dependencies = [("organisations", "0004_fewer_indexes")]

    operations = [
        migrations.AddField("card", "entered_by", models.UUIDField(blank=True, null=True)),
        migrations.AddField("reach", "entered_by", models.UUIDField(blank=True, null=True)),
    ]
