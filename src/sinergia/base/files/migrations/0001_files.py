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
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('place', models.CharField(max_length=80, unique=True)),
                ('name', models.CharField(max_length=160)),
                ('kind', models.CharField(max_length=100)),
                ('size', models.PositiveBigIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('width', models.PositiveIntegerField(blank=True, null=True)),
                ('height', models.PositiveIntegerField(blank=True, null=True)),
                ('small_size', models.PositiveIntegerField(blank=True, null=True)),
                ('actor_key', models.UUIDField()),
                ('made_at', models.DateTimeField()),
                ('kept_at', models.DateTimeField(blank=True, null=True)),
                ('is_public', models.BooleanField(default=False)),
                ('confirmed_by_key', models.UUIDField(blank=True, null=True)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['actor_key'], name='file_sender')],
                'constraints': [models.CheckConstraint(condition=models.Q(('is_public', False), models.Q(('confirmed_by_key__isnull', False), models.Q(('confirmed_by_key', models.F('actor_key')), _negated=True)), _connector='OR'), name='file_public_by_a_second_person')],
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('actor_key', models.UUIDField()),
                ('purpose', models.CharField(max_length=20)),
                ('name', models.CharField(max_length=160)),
                ('size', models.PositiveBigIntegerField()),
                ('received', models.PositiveBigIntegerField(default=0)),
                ('made_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('file', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='upload', to='files.storedfile')),
            ],
            options={
                'indexes': [models.Index(fields=['actor_key'], name='upload_sender'), models.Index(fields=['ends_at'], name='upload_end')],
                'constraints': [models.CheckConstraint(condition=models.Q(('received__lte', models.F('size'))), name='upload_no_more_than_announced')],
            },
        ),
    ])]
