import django.db.models.deletion
import uuid
from django.db import migrations, models

from sinergia.base.migrating import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [Together([
        migrations.CreateModel(
            name='Region',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10, unique=True)),
                ('name_ru', models.CharField(max_length=120)),
                ('name_en', models.CharField(max_length=120)),
                ('name_folded', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('oblast', 'oblast'), ('krai', 'krai'), ('republic', 'republic'), ('city', 'city'), ('okrug', 'autonomous okrug'), ('autonomous_oblast', 'autonomous oblast'), ('region', 'region')], default='region', max_length=20)),
                ('oktmo', models.CharField(blank=True, max_length=3)),
                ('time_zone', models.CharField(blank=True, max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=80)),
                ('name_ru', models.CharField(blank=True, max_length=200)),
                ('name_en', models.CharField(blank=True, max_length=200)),
                ('on', models.DateField()),
                ('value', models.DecimalField(decimal_places=4, max_digits=18)),
                ('unit', models.CharField(max_length=40)),
                ('source', models.CharField(max_length=300)),
                ('margin', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='places.region')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('region', 'code', 'on'), name='indicator_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Municipality',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('oktmo', models.CharField(max_length=8, unique=True)),
                ('name_ru', models.CharField(max_length=150)),
                ('name_en', models.CharField(blank=True, max_length=150)),
                ('name_folded', models.CharField(max_length=150)),
                ('latitude', models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True)),
                ('longitude', models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True)),
                ('population', models.PositiveIntegerField(blank=True, null=True)),
                ('time_zone', models.CharField(blank=True, max_length=40)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='municipalities', to='places.region')),
            ],
            options={
                'indexes': [models.Index(fields=['region', 'name_folded'], name='municipality_by_name')],
            },
        ),
        migrations.CreateModel(
            name='RegionName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('spelling', models.CharField(max_length=120, unique=True)),
                ('is_given', models.BooleanField(default=False)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spellings', to='places.region')),
            ],
        ),
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('width', models.PositiveSmallIntegerField()),
                ('height', models.PositiveSmallIntegerField()),
                ('source', models.CharField(max_length=200)),
                ('loaded_at', models.DateTimeField()),
                ('region', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.region')),
            ],
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name_ru', models.CharField(max_length=150)),
                ('name_en', models.CharField(blank=True, max_length=150)),
                ('name_folded', models.CharField(max_length=150)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='themes', to='places.region')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('region', 'name_folded'), name='theme_once_a_region')],
            },
        ),
        migrations.CreateModel(
            name='Shape',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.TextField()),
                ('label_x', models.SmallIntegerField()),
                ('label_y', models.SmallIntegerField()),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.municipality')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.region')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shapes', to='places.sheet')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('municipality__isnull', True), ('region__isnull', False)), models.Q(('municipality__isnull', False), ('region__isnull', True)), _connector='OR'), name='shape_of_one_place')],
            },
        ),
    ])]
