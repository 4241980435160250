import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0004_grown_from'),
    ]

    operations = [
        migrations.CreateModel(
            name='CameBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sections', models.JSONField()),
                ('until', models.DateTimeField(null=True)),
                ('at', models.DateTimeField()),
                ('project', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='came_back', to='projects.project')),
            ],
        ),
    ]
