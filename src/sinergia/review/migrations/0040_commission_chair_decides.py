from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("review", "0001_review_of_a_contest")]

    operations = [
        migrations.AddField(
            model_name="commission",
            name="is_chair_decisive",
            field=models.BooleanField(default=False),
        ),
    ]
