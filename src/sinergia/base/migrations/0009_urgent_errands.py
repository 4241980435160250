from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("base", "0008_load_parts")]

    operations = [
        migrations.AddField(
            model_name="errand",
            name="is_urgent",
            field=models.BooleanField(default=False),
        ),
    ]
