from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0015_phones_hidden")]

    operations = [
        migrations.AddConstraint(
            model_name="reach",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_public", True), ("kind", "phone"), _negated=True),
                name="reach_phone_never_public",
            ),
        ),
    ]
