from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("grants", "0002_own_forms_of_agreements")]

    operations = [
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["stage", "-id"], name="change_by_stage"),
        ),
    ]
