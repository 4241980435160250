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
            name='Backup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(db_index=True)),
                ('size', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('verb', models.CharField(max_length=60)),
                ('about_kind', models.CharField(max_length=40)),
                ('about_key', models.CharField(max_length=64)),
                ('actor_key', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('content', models.BinaryField()),
            ],
            options={
                'indexes': [models.Index(fields=['about_kind', 'about_key'], name='entry_about')],
            },
        ),
        migrations.CreateModel(
            name='Errand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('arguments', models.JSONField(default=dict)),
                ('once', models.CharField(blank=True, max_length=120)),
                ('is_long', models.BooleanField(default=False)),
                ('is_urgent', models.BooleanField(default=False)),
                ('promised_at', models.DateTimeField()),
                ('run_after', models.DateTimeField()),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('leased_until', models.DateTimeField(blank=True, null=True)),
                ('claim', models.UUIDField(blank=True, null=True)),
                ('last_error', models.CharField(blank=True, max_length=200)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('given_up_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('done_at__isnull', True), ('given_up_at__isnull', True)), fields=['run_after'], name='errand_waiting'), models.Index(condition=models.Q(('done_at__isnull', False)), fields=['-done_at'], name='errand_done'), models.Index(condition=models.Q(('given_up_at__isnull', False)), fields=['-given_up_at'], name='errand_given_up'), models.Index(fields=['name'], name='errand_name')],
                'constraints': [models.UniqueConstraint(condition=models.Q(models.Q(('once', ''), _negated=True), ('done_at__isnull', True), ('given_up_at__isnull', True)), fields=('once',), name='errand_promised_once'), models.CheckConstraint(condition=models.Q(('done_at__isnull', True), ('given_up_at__isnull', True), _connector='OR'), name='errand_ends_one_way')],
            },
        ),
        migrations.CreateModel(
            name='Head',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.BigIntegerField(unique=True)),
                ('root', models.CharField(max_length=64)),
                ('frontier', models.BinaryField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Indexed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('row', models.BigIntegerField()),
                ('head', models.TextField(db_default='')),
                ('lemmas', models.TextField()),
                ('weight', models.PositiveSmallIntegerField(choices=[(0, 'Last'), (1, 'Usual'), (2, 'First')], db_default=1, default=1)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'row'), name='indexed_row_once')],
            },
        ),
        migrations.CreateModel(
            name='Load',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=20)),
                ('subject', models.CharField(blank=True, max_length=40)),
                ('file_name', models.CharField(max_length=200)),
                ('file_digest', models.CharField(max_length=64)),
                ('mapping', models.JSONField(default=dict)),
                ('stage', models.CharField(choices=[('offered', 'Waiting for confirmation'), ('promised', 'Begins in a moment'), ('running', 'Under way'), ('done', 'Done'), ('failed', 'Not loaded')], default='offered', max_length=10)),
                ('counts', models.JSONField(default=dict)),
                ('rows_done', models.PositiveIntegerField(default=0)),
                ('rows_total', models.PositiveIntegerField(default=0)),
                ('leased_until', models.DateTimeField(blank=True, null=True)),
                ('failure', models.CharField(blank=True, max_length=60)),
                ('actor_key', models.UUIDField()),
                ('offered_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('seconds', models.FloatField(default=0.0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('stage', 'running')), fields=('kind',), name='load_one_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='RememberedMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('headings', models.CharField(max_length=64)),
                ('mapping', models.JSONField(default=dict)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'headings'), name='mapping_remembered_once')],
            },
        ),
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True)),
                ('next_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Worker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('started_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='EntryDetail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('salt', models.BinaryField()),
                ('content', models.BinaryField()),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='detail', to='base.entry')),
            ],
        ),
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.BigIntegerField(unique=True)),
                ('digest', models.CharField(max_length=64)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='leaf', to='base.entry')),
            ],
        ),
        migrations.CreateModel(
            name='LoadNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('row', models.PositiveIntegerField()),
                ('subject', models.CharField(blank=True, max_length=80)),
                ('result', models.CharField(max_length=10)),
                ('code', models.CharField(max_length=40)),
                ('field', models.CharField(blank=True, max_length=40)),
                ('before', models.CharField(blank=True, max_length=300)),
                ('value', models.CharField(blank=True, max_length=300)),
                ('times', models.PositiveIntegerField(default=1)),
                ('is_warning', models.BooleanField(default=True)),
                ('load', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='base.load')),
            ],
            options={
                'indexes': [models.Index(fields=['load', 'result', 'row'], name='load_note_rows'), models.Index(fields=['load', 'is_warning', 'row'], name='load_note_warnings')],
            },
        ),
        migrations.CreateModel(
            name='LoadPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_row', models.PositiveIntegerField()),
                ('last_row', models.PositiveIntegerField()),
                ('created', models.PositiveIntegerField()),
                ('updated', models.PositiveIntegerField()),
                ('unchanged', models.PositiveIntegerField()),
                ('queued', models.PositiveIntegerField()),
                ('refused', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
                ('load', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='base.load')),
            ],
            options={
                'indexes': [models.Index(fields=['load', 'first_row'], name='load_part_rows')],
            },
        ),
    ])]
