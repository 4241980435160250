import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from sinergia.base.migrating import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
        ('people', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [Together([
        migrations.CreateModel(
            name='Fund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(max_length=40, unique=True)),
                ('name_ru', models.CharField(max_length=200)),
                ('name_en', models.CharField(blank=True, max_length=200)),
                ('currency', models.CharField(default='RUB', max_length=3)),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.region')),
            ],
        ),
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=300)),
                ('name_key', models.CharField(max_length=300)),
                ('contest_year', models.PositiveSmallIntegerField(default=0)),
                ('year_source', models.CharField(choices=[('name', "the contest's name"), ('number', "the application's number"), ('decision', 'the date of decision'), ('none', 'not known')], default='none', max_length=10)),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='calls.fund')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('fund', 'name_key', 'contest_year'), name='call_once_a_year')],
            },
        ),
        migrations.CreateModel(
            name='Direction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=300)),
                ('name_folded', models.CharField(max_length=300)),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='directions', to='calls.fund')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('fund', 'name_folded'), name='direction_once')],
            },
        ),
        migrations.CreateModel(
            name='StatusWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('word', models.CharField(max_length=200)),
                ('word_folded', models.CharField(max_length=200)),
                ('outcome', models.CharField(choices=[('pending', 'Under review'), ('won', 'Won'), ('lost', 'Not supported'), ('not_admitted', 'Not admitted'), ('withdrawn', 'Withdrawn'), ('declined', 'Grant declined after the decision'), ('unknown', 'Outcome unknown')], default='unknown', max_length=20)),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statuses', to='calls.fund')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('fund', 'word_folded'), name='status_word_once')],
            },
        ),
        migrations.CreateModel(
            name='Contest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('set_up', 'Being set up'), ('announced', 'Announced'), ('open', 'Intake is open'), ('closed', 'Intake has ended')], default='set_up', max_length=12)),
                ('intake', models.CharField(choices=[('here', 'here'), ('elsewhere', 'in another system; the list is loaded here')], default='here', max_length=12)),
                ('time_zone', models.CharField(max_length=40)),
                ('opens_at', models.DateTimeField(blank=True, null=True)),
                ('closes_at', models.DateTimeField(blank=True, null=True)),
                ('results_on', models.DateField(blank=True, null=True)),
                ('project_from', models.DateField(blank=True, null=True)),
                ('project_to', models.DateField(blank=True, null=True)),
                ('budget_minor', models.BigIntegerField(blank=True, null=True)),
                ('about', models.TextField(blank=True)),
                ('whom_to_ask', models.TextField(blank=True)),
                ('is_training', models.BooleanField(default=False)),
                ('last_number', models.PositiveIntegerField(default=0)),
                ('call', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='contest', to='calls.call')),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.centre')),
            ],
            options={
                'indexes': [models.Index(fields=['stage', 'closes_at'], name='contest_by_stage')],
                'constraints': [models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at')), ('opens_at__isnull', True), ('closes_at__isnull', True), _connector='OR'), name='contest_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('stage', 'set_up'), models.Q(('closes_at__isnull', False), ('opens_at__isnull', False)), _connector='OR'), name='contest_announced_has_dates'), models.CheckConstraint(condition=models.Q(('budget_minor__gte', 0), ('budget_minor__isnull', True), _connector='OR'), name='contest_budget_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='DirectionTheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('direction', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='themes', to='calls.direction')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.region')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.theme')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('direction', 'region'), name='direction_one_theme_a_region')],
            },
        ),
        migrations.CreateModel(
            name='ContestRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField()),
                ('content', models.BinaryField()),
                ('digest', models.CharField(max_length=64)),
                ('reason', models.TextField(blank=True)),
                ('made_at', models.DateTimeField()),
                ('frozen_at', models.DateTimeField(blank=True, null=True)),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules', to='calls.contest')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('contest', 'version'), name='contest_rules_once')],
            },
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.DateTimeField()),
                ('after', models.DateTimeField()),
                ('reason', models.TextField()),
                ('made_at', models.DateTimeField()),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extensions', to='calls.contest')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('after__gt', models.F('before'))), name='extension_is_later')],
            },
        ),
    ])]
