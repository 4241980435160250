from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('organisations', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='sourcerecord',
            name='cells',
            field=models.CharField(blank=True, max_length=32),
        ),
    ]
