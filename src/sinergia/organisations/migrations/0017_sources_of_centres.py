import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0016_reach_phone_never_public")]

    operations = [
        migrations.AddField(
            model_name="source",
            name="centre",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.centre",
            ),
        ),
        migrations.AddField(
            model_name="sourcelayout",
            name="centre",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.centre",
            ),
        ),
        migrations.AlterField(
            model_name="sourcelayout",
            name="headings",
            field=models.CharField(max_length=64),
        ),
        migrations.AddConstraint(
            model_name="sourcelayout",
            constraint=models.UniqueConstraint(
                condition=models.Q(("centre__isnull", False)),
                fields=("headings", "centre"),
                name="source_layout_once_a_centre",
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcelayout",
            constraint=models.UniqueConstraint(
                condition=models.Q(("centre", None)),
                fields=("headings",),
                name="source_layout_once",
            ),
        ),
    ]
