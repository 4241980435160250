from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0001_messages'),
    ]

    operations = [
        migrations.AddField(
            model_name='mailing',
            name='is_news',
            field=models.BooleanField(default=False),
        ),
    ]
