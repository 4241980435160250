import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from sinergia.base.migrating import Together


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('support', '0001_help_on_the_way'),
        ('support', '0002_steps_are_reminded_requests_replied'),
        ('support', '0003_why_a_training_was_cancelled'),
        ('support', '0004_wished_day_of_a_reading'),
    ]

    dependencies = [
        ('files', '0001_files'),
        ('organisations', '0001_squashed'),
        ('places', '0002_how_an_indicator_was_measured'),
        ('projects', '0001_squashed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [Together([
        migrations.CreateModel(
            name='Client',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('person', 'Person'), ('group', 'Initiative group')], default='person', max_length=6)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('name_folded', models.CharField(blank=True, max_length=200)),
                ('reach', models.CharField(blank=True, max_length=254)),
                ('agreed_on', models.DateField(blank=True, null=True)),
                ('made_at', models.DateTimeField()),
                ('erased_at', models.DateTimeField(blank=True, null=True)),
                ('centre', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.centre')),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='places.municipality')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='MoneySource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('name_folded', models.CharField(max_length=200)),
                ('act', models.CharField(blank=True, max_length=300)),
                ('since', models.DateField(blank=True, null=True)),
                ('until', models.DateField(blank=True, null=True)),
                ('centre', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.centre')),
            ],
        ),
        migrations.CreateModel(
            name='Consultation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('held_on', models.DateField()),
                ('channel', models.CharField(choices=[('office', 'at the centre'), ('phone', 'by telephone'), ('mail', 'by e-mail or chat'), ('online', 'online'), ('away', 'away from the centre')], max_length=6)),
                ('text', models.TextField(blank=True)),
                ('result', models.CharField(choices=[('solved', 'Solved'), ('referred', 'Referred to somebody else'), ('again', 'To be gone on with')], max_length=8)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('made_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('centre', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.centre')),
                ('client', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='support.client')),
                ('consultant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='places.municipality')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='projects.project')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='support.moneysource')),
            ],
        ),
        migrations.CreateModel(
            name='NextStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=500)),
                ('on', models.DateField()),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('done_by', models.UUIDField(blank=True, null=True)),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('consultation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='next_step', to='support.consultation')),
            ],
        ),
        migrations.CreateModel(
            name='Promised',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=300)),
                ('counts', models.CharField(choices=[('contacts', 'consultations'), ('organisations', 'different organisations helped'), ('people', 'different people helped'), ('trainings', 'trainings held'), ('attended', 'people who attended trainings'), ('municipalities', 'different municipalities')], max_length=14)),
                ('least', models.PositiveIntegerField()),
                ('proof', models.CharField(blank=True, max_length=300)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='promised', to='support.moneysource')),
            ],
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('stage', models.CharField(choices=[('asked', 'Waits for a reader'), ('promised', 'Being read'), ('given', 'Read'), ('taken_back', 'Taken back')], default='asked', max_length=10)),
                ('asked_by', models.UUIDField()),
                ('asked_at', models.DateTimeField()),
                ('words', models.TextField(blank=True)),
                ('wished_on', models.DateField(blank=True, null=True)),
                ('promised_on', models.DateField(blank=True, null=True)),
                ('given_at', models.DateTimeField(blank=True, null=True)),
                ('summary', models.TextField(blank=True)),
                ('before', models.PositiveIntegerField()),
                ('after', models.PositiveIntegerField(blank=True, null=True)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project')),
                ('reader', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.revision')),
            ],
        ),
        migrations.CreateModel(
            name='Request',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('channel', models.CharField(blank=True, choices=[('office', 'at the centre'), ('phone', 'by telephone'), ('mail', 'by e-mail or chat'), ('online', 'online'), ('away', 'away from the centre')], max_length=6)),
                ('text', models.TextField()),
                ('told_by', models.CharField(blank=True, max_length=200)),
                ('stage', models.CharField(choices=[('asked', 'Waits for an answer'), ('taken', 'In work'), ('answered', 'Answered'), ('closed', 'Closed without an answer')], default='asked', max_length=8)),
                ('asked_at', models.DateTimeField()),
                ('appointed_at', models.DateTimeField(blank=True, null=True)),
                ('appointed_where', models.CharField(blank=True, max_length=300)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('why', models.CharField(blank=True, max_length=500)),
                ('reply', models.TextField(blank=True)),
                ('centre', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.centre')),
                ('client', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='support.client')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='projects.project')),
                ('taken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddField(
            model_name='consultation',
            name='request',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='consultations', to='support.request'),
        ),
        migrations.CreateModel(
            name='Thread',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('path', models.CharField(max_length=120)),
                ('quote', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('made_at', models.DateTimeField()),
                ('resolved_at', models.DateTimeField(blank=True, null=True)),
                ('resolved_by', models.UUIDField(blank=True, null=True)),
                ('project', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='projects.project')),
            ],
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('text', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('thread', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='support.thread')),
            ],
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name_ru', models.CharField(max_length=150)),
                ('name_en', models.CharField(blank=True, max_length=150)),
                ('name_folded', models.CharField(max_length=150)),
                ('is_retired', models.BooleanField(default=False)),
                ('centre', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.centre')),
            ],
        ),
        migrations.AddField(
            model_name='request',
            name='topic',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='support.topic'),
        ),
        migrations.AddField(
            model_name='consultation',
            name='topic',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='support.topic'),
        ),
        migrations.CreateModel(
            name='Training',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=300)),
                ('name_folded', models.CharField(max_length=300)),
                ('about', models.TextField(blank=True)),
                ('trainers', models.CharField(blank=True, max_length=500)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('hours', models.PositiveSmallIntegerField()),
                ('where', models.CharField(max_length=300)),
                ('link', models.URLField(blank=True, max_length=500)),
                ('places', models.PositiveIntegerField(blank=True, null=True)),
                ('stage', models.CharField(choices=[('draft', 'Being prepared'), ('open', 'One may enrol'), ('closed', 'Enrolment is closed'), ('held', 'Held'), ('cancelled', 'Cancelled')], default='draft', max_length=9)),
                ('why', models.CharField(blank=True, max_length=500)),
                ('check_code', models.CharField(max_length=43, unique=True)),
                ('made_at', models.DateTimeField()),
                ('centre', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.centre')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='support.moneysource')),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='support.topic')),
            ],
        ),
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('name_folded', models.CharField(blank=True, max_length=200)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('organisation_name', models.CharField(blank=True, max_length=300)),
                ('post', models.CharField(blank=True, max_length=200)),
                ('language', models.CharField(max_length=2)),
                ('stage', models.CharField(choices=[('enrolled', 'Has a place'), ('waiting', 'On the waiting list'), ('left', 'Does not come')], max_length=8)),
                ('enrolled_at', models.DateTimeField()),
                ('attended_at', models.DateTimeField(blank=True, null=True)),
                ('certificate', models.CharField(blank=True, max_length=40)),
                ('agreed_at', models.DateTimeField(blank=True, null=True)),
                ('agreed_version', models.PositiveSmallIntegerField(default=0)),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='places.municipality')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('training', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='support.training')),
            ],
        ),
        migrations.CreateModel(
            name='TrainingFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('added_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('training', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='support.training')),
            ],
        ),
        migrations.AddIndex(
            model_name='client',
            index=models.Index(fields=['centre', 'name_folded'], name='client_by_name'),
        ),
        migrations.AddConstraint(
            model_name='moneysource',
            constraint=models.UniqueConstraint(fields=('centre', 'name_folded'), name='source_once_a_centre'),
        ),
        migrations.AddIndex(
            model_name='nextstep',
            index=models.Index(fields=['done_at', 'on'], name='next_step_by_day'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.UniqueConstraint(condition=models.Q(('stage__in', ('asked', 'promised'))), fields=('project',), name='reading_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.CheckConstraint(condition=models.Q(('stage', 'given'), ('summary', ''), _negated=True), name='reading_given_has_words'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'promised'), _negated=True), models.Q(('promised_on__isnull', False), ('reader__isnull', False)), _connector='OR'), name='reading_promised_has_day'),
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(fields=['project', 'path', 'id'], name='thread_of_field'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.UniqueConstraint(fields=('centre', 'name_folded'), name='topic_once_a_centre'),
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(fields=['centre', 'stage', 'asked_at'], name='request_by_stage'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(('organisation__isnull', False), ('client__isnull', False), ('person__isnull', False), _connector='OR'), name='request_of_somebody'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(('stage', 'closed'), ('why', ''), _negated=True), name='request_closed_with_words'),
        ),
        migrations.AddIndex(
            model_name='consultation',
            index=models.Index(fields=['centre', '-held_on', '-id'], name='consultation_by_day'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(('organisation__isnull', False), ('client__isnull', False), _connector='OR'), name='consultation_of_somebody'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__gte', 1), ('minutes__lte', 1440)), name='consultation_within_a_day'),
        ),
        migrations.AddIndex(
            model_name='training',
            index=models.Index(fields=['centre', '-starts_at', '-id'], name='training_by_day'),
        ),
        migrations.AddConstraint(
            model_name='training',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='training_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='training',
            constraint=models.CheckConstraint(condition=models.Q(('places', 0), _negated=True), name='training_has_places'),
        ),
        migrations.AddConstraint(
            model_name='training',
            constraint=models.CheckConstraint(condition=models.Q(('stage', 'cancelled'), ('why', ''), _negated=True), name='training_cancelled_with_words'),
        ),
        migrations.AddIndex(
            model_name='enrolment',
            index=models.Index(fields=['training', 'stage', 'id'], name='enrolment_in_order'),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.UniqueConstraint(condition=models.Q(('email', ''), _negated=True), fields=('training', 'email'), name='enrolled_once_by_address'),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.CheckConstraint(condition=models.Q(('certificate', ''), ('attended_at__isnull', False), _connector='OR'), name='certificate_of_who_attended'),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.UniqueConstraint(condition=models.Q(('certificate', ''), _negated=True), fields=('certificate',), name='certificate_once'),
        ),
    ])]
