from importlib import import_module
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from sinergia.base.migrating import Together


folded = import_module("sinergia.applications.migrations.0002_folded_order")


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('applications', '0001_initial'),
        ('applications', '0002_folded_order'),
        ('applications', '0003_submissions'),
        ('applications', '0004_confirmations'),
        ('applications', '0005_reminders'),
        ('applications', '0006_reminders_to_confirm'),
        ('applications', '0007_origins'),
    ]

    dependencies = [
        ('base', '0001_initial'),
        ('calls', '0001_squashed'),
        ('files', '0001_files'),
        ('organisations', '0001_squashed'),
        ('places', '0002_how_an_indicator_was_measured'),
        ('projects', '0001_squashed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [Together([
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('contest_year', models.PositiveSmallIntegerField(default=0)),
                ('number', models.CharField(max_length=80)),
                ('title', models.CharField(max_length=300)),
                ('title_folded', models.CharField(max_length=300)),
                ('asked_minor', models.BigIntegerField(default=0)),
                ('awarded_minor', models.BigIntegerField(default=0)),
                ('currency', models.CharField(max_length=3)),
                ('outcome', models.CharField(choices=[('pending', 'Under review'), ('won', 'Won'), ('lost', 'Not supported'), ('not_admitted', 'Not admitted'), ('withdrawn', 'Withdrawn'), ('declined', 'Grant declined after the decision'), ('unknown', 'Outcome unknown')], max_length=20)),
                ('decided_on', models.DateField(blank=True, null=True)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='calls.call')),
                ('direction', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='calls.direction')),
                ('fund', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='calls.fund')),
                ('municipality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.municipality')),
                ('organisation', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('region', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.region')),
                ('status', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='calls.statusword')),
            ],
        ),
        migrations.CreateModel(
            name='Doubt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(max_length=40)),
                ('value', models.CharField(blank=True, max_length=200)),
                ('raised_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='doubts', to='applications.application')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Origin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ground', models.CharField(max_length=300)),
                ('at', models.DateTimeField()),
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='origin', to='applications.application')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
        ),
        migrations.CreateModel(
            name='OutsideRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('is_current', models.BooleanField()),
                ('content', models.BinaryField()),
                ('digest', models.CharField(max_length=32)),
                ('row', models.PositiveIntegerField(default=0)),
                ('kept_at', models.DateTimeField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='applications.application')),
                ('load', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.load')),
            ],
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('draft', 'A draft that is not submitted'), ('unconfirmed', 'An application that nothing confirms')], default='draft', max_length=12)),
                ('at', models.DateTimeField()),
                ('contest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='calls.contest')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project')),
            ],
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveIntegerField()),
                ('version', models.PositiveSmallIntegerField()),
                ('shown_number', models.CharField(max_length=40)),
                ('title', models.CharField(max_length=300)),
                ('title_folded', models.CharField(max_length=300)),
                ('direction', models.CharField(blank=True, max_length=40)),
                ('asked_minor', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('stage', models.CharField(choices=[('submitted', 'Submitted, awaits registration'), ('returned', 'Returned for correction'), ('registered', 'Registered'), ('admitted', 'Admitted'), ('not_admitted', 'Not admitted'), ('withdrawn', 'Withdrawn'), ('replaced', 'Replaced by a later version')], default='submitted', max_length=12)),
                ('submitted_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('entry', models.PositiveIntegerField(blank=True, null=True)),
                ('application', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='submission', to='applications.application')),
                ('contest', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='calls.contest')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.project')),
            ],
        ),
        migrations.CreateModel(
            name='Frozen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content', models.BinaryField()),
                ('digest', models.CharField(max_length=64)),
                ('code', models.CharField(max_length=12)),
                ('category', models.CharField(blank=True, max_length=40)),
                ('own_minor', models.BigIntegerField()),
                ('submitted_by', models.UUIDField()),
                ('rules', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='calls.contestrules')),
                ('submission', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='frozen', to='applications.submission')),
            ],
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('return', 'Return for correction'), ('register', 'Register'), ('admit', 'Admit'), ('refuse', 'Do not admit')], max_length=10)),
                ('before', models.CharField(max_length=12)),
                ('clause', models.CharField(blank=True, max_length=40)),
                ('words', models.TextField(blank=True)),
                ('sections', models.JSONField(default=list)),
                ('by', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('takes_effect_at', models.DateTimeField()),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='applications.submission')),
            ],
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('way', models.CharField(choices=[('paper', 'On paper'), ('scan', 'Scan of the signed paper'), ('signature', 'Electronic signature in a file of its own')], max_length=10)),
                ('received_on', models.DateField(blank=True, null=True)),
                ('by', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('file', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='confirmations', to='applications.submission')),
            ],
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['region', 'fund', 'outcome', 'currency', 'contest_year', 'asked_minor', 'awarded_minor', 'municipality', 'direction', 'organisation'], name='application_figures'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['fund', 'organisation'], name='application_of_fund'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['organisation', 'outcome'], name='application_of'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['-contest_year', '-id'], name='application_by_year'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['-asked_minor', '-id'], name='application_by_asked'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['-awarded_minor', '-id'], name='application_by_awarded'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['title_folded', 'id'], name='application_by_title'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.UniqueConstraint(fields=('fund', 'number'), name='application_number_once'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='application_has_number'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('asked_minor__gte', 0), ('awarded_minor__gte', 0)), name='application_sums_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='doubt',
            constraint=models.UniqueConstraint(condition=models.Q(('settled_at__isnull', True)), fields=('application', 'code'), name='doubt_raised_once'),
        ),
        migrations.AddConstraint(
            model_name='outsiderecord',
            constraint=models.UniqueConstraint(fields=('application', 'version'), name='record_version_once'),
        ),
        migrations.AddConstraint(
            model_name='outsiderecord',
            constraint=models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('application',), name='record_one_current'),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('project', 'contest', 'kind'), name='reminded_once'),
        ),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(fields=['contest', 'stage', '-id'], name='submission_of_contest'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(fields=('contest', 'entry'), name='submission_entry_once'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(fields=('contest', 'number', 'version'), name='submission_number_once'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(condition=models.Q(('stage__in', ['withdrawn', 'replaced']), _negated=True), fields=('contest', 'project'), name='submission_in_force_once'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'withdrawn'), ('withdrawn_at__isnull', False)), models.Q(models.Q(('stage', 'withdrawn'), _negated=True), ('withdrawn_at', None)), _connector='OR'), name='submission_withdrawn_has_moment'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('done_at', None), ('taken_back_at', None)), fields=('submission',), name='decision_open_once'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('clause', ''), ('kind', 'refuse'), _negated=True), name='decision_refusal_has_clause'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('submission', 'way'), name='confirmation_of_a_way_once'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('file', None), ('received_on__isnull', False), ('way', 'paper')), models.Q(models.Q(('way', 'paper'), _negated=True), ('file__isnull', False), ('received_on', None)), _connector='OR'), name='confirmation_paper_or_file'),
        ),
    ]), migrations.RunPython(folded.sort_by_code_points, migrations.RunPython.noop)]
