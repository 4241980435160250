from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("organisations", "0021_pair_asked_at"),
    ]

    operations = [
        migrations.AddField(
            model_name="change",
            name="reason",
            field=models.CharField(blank=True, max_length=300),
        ),
    ]
