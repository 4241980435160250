from django.db import migrations, models


class Migration(migrations.Migration):
    """A withdrawal at their request is a decision; a correction may have days of its own."""

    dependencies = [("applications", "0007_origins")]

    operations = [
        migrations.AlterField(
            model_name="decision",
            name="kind",
            field=models.CharField(
                choices=[
                    ("return", "Return for correction"),
                    ("register", "Register"),
                    ("admit", "Admit"),
                    ("refuse", "Do not admit"),
                    ("withdraw", "Withdraw at the request of those who applied"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="until",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
