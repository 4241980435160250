from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0003_press'),
    ]

    operations = [
        migrations.AddField(
            model_name='session',
            name='asked_before',
            field=models.EmailField(blank=True, default='', max_length=254),
        ),
    ]
