import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0006_reports_to_be_signed'),
    ]

    operations = [
        migrations.CreateModel(
            name='JoinedAgain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('of', models.UUIDField(db_index=True)),
                ('joiner', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='again', to='grants.joiner')),
            ],
        ),
    ]
