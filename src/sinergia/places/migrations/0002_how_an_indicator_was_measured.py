from django.db import migrations, models


class Migration(migrations.Migration):
    """No figure without a source, and beside it how it was measured."""

    dependencies = [("places", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="indicator",
            name="method",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=~models.Q(source=""), name="indicator_has_a_source"
            ),
        ),
    ]
