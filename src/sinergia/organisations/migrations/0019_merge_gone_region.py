import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("organisations", "0018_source_owners"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="merge",
            name="gone_region",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="places.region",
            ),
        ),
    ]
