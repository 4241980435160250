from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("organisations", "0020_fill_gone_region"),
    ]

    operations = [
        migrations.AddField(
            model_name="pair",
            name="asked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
