from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_cache_table'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='password_by_mail',
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
