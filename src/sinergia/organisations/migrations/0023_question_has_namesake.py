from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("organisations", "0022_change_reason"),
    ]

    operations = [
        migrations.AddField(
            model_name="question",
            name="has_namesake",
            field=models.BooleanField(default=False),
        ),
    ]
