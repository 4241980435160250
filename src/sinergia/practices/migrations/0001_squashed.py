import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from sinergia.base.migrating import Together


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('practices', '0001_initial'),
        ('practices', '0002_feeds'),
        ('practices', '0003_changes_so_far'),
    ]

    dependencies = [
        ('files', '0001_files'),
        ('organisations', '0001_squashed'),
        ('places', '0002_how_an_indicator_was_measured'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [Together([
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('address', models.CharField(max_length=500, unique=True)),
                ('site', models.CharField(blank=True, max_length=500)),
                ('name', models.CharField(blank=True, max_length=500)),
                ('after', models.PositiveBigIntegerField(default=0)),
                ('etag', models.CharField(blank=True, max_length=100)),
                ('fault', models.CharField(blank=True, max_length=40)),
                ('fault_values', models.JSONField(blank=True, default=dict)),
                ('came', models.PositiveIntegerField(default=0)),
                ('left', models.PositiveIntegerField(default=0)),
                ('came_at', models.DateTimeField(blank=True, null=True)),
                ('tried_at', models.DateTimeField(blank=True, null=True)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('added_by', models.UUIDField()),
                ('added_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='LastChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Adoption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('intended', 'Intended'), ('running', 'Running'), ('proven', 'Proven'), ('dropped', 'Did not go')], default='intended', max_length=10)),
                ('way', models.CharField(choices=[('alone', 'on their own'), ('partner', 'the authors are partners'), ('mentor', 'the authors are mentors'), ('letter', 'the authors write a letter')], default='alone', max_length=10)),
                ('told_by', models.CharField(blank=True, max_length=200)),
                ('changes', models.JSONField(blank=True, default=dict)),
                ('result', models.TextField(blank=True)),
                ('number', models.CharField(blank=True, max_length=40)),
                ('measured', models.CharField(blank=True, max_length=500)),
                ('said_by', models.UUIDField(blank=True, null=True)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('why_not', models.CharField(blank=True, max_length=300)),
                ('made_by', models.UUIDField()),
                ('made_at', models.DateTimeField()),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.municipality')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='AdoptionReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_agreed', models.BooleanField(default=True)),
                ('number', models.PositiveIntegerField(default=1)),
                ('sent_number', models.PositiveIntegerField(default=0)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('fault', models.CharField(blank=True, max_length=40)),
                ('fault_values', models.JSONField(blank=True, default=dict)),
                ('agreed_by', models.UUIDField()),
                ('agreed_at', models.DateTimeField()),
                ('adoption', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='report', to='practices.adoption')),
            ],
        ),
        migrations.CreateModel(
            name='Practice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('stage', models.CharField(choices=[('draft', 'Draft'), ('checking', 'With the consultant'), ('published', 'Published'), ('withdrawn', 'Taken out of the catalogue')], default='draft', max_length=10)),
                ('title', models.CharField(blank=True, max_length=300)),
                ('title_folded', models.CharField(blank=True, max_length=300)),
                ('essence', models.CharField(blank=True, max_length=500)),
                ('evidence', models.PositiveSmallIntegerField(default=0)),
                ('maturity', models.PositiveSmallIntegerField(default=0)),
                ('start_minor', models.PositiveBigIntegerField(blank=True, null=True)),
                ('currency', models.CharField(default='RUB', max_length=3)),
                ('is_hosting', models.BooleanField(default=False)),
                ('told_by', models.CharField(blank=True, max_length=200)),
                ('made_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.region')),
                ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='places.theme')),
            ],
        ),
        migrations.CreateModel(
            name='ForeignPractice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('home_key', models.UUIDField()),
                ('address', models.CharField(max_length=500)),
                ('digest', models.CharField(max_length=64)),
                ('licence', models.CharField(blank=True, max_length=40)),
                ('authors', models.CharField(blank=True, max_length=500)),
                ('authors_address', models.CharField(blank=True, max_length=500)),
                ('place', models.CharField(blank=True, max_length=500)),
                ('changed_at', models.DateTimeField()),
                ('taken_at', models.DateTimeField()),
                ('feed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='practices', to='practices.feed')),
                ('practice', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='foreign', to='practices.practice')),
            ],
        ),
        migrations.CreateModel(
            name='Descent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('adoption', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grown', to='practices.adoption')),
                ('practice', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='descent', to='practices.practice')),
            ],
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField(unique=True)),
                ('at', models.DateTimeField()),
                ('practice', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='change', to='practices.practice')),
            ],
        ),
        migrations.AddField(
            model_name='adoption',
            name='practice',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adoptions', to='practices.practice'),
        ),
        migrations.CreateModel(
            name='PracticeAudience',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40)),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='audiences', to='practices.practice')),
            ],
        ),
        migrations.CreateModel(
            name='PracticeFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('field', models.CharField(max_length=40)),
                ('by', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='practices.practice')),
            ],
        ),
        migrations.CreateModel(
            name='PracticeRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('content', models.BinaryField()),
                ('size', models.PositiveIntegerField()),
                ('by', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('why', models.CharField(choices=[('quiet', 'after a while without changes'), ('named', 'kept by hand'), ('taken_out', 'before a row was taken out'), ('restored', 'before an earlier version was brought back'), ('sent', 'given to the consultant'), ('published', 'published')], max_length=10)),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='practices.practice')),
            ],
        ),
        migrations.CreateModel(
            name='Check',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('outcome', models.CharField(choices=[('waiting', 'With the consultant'), ('returned', 'Returned with remarks'), ('published', 'Published'), ('taken_back', 'Taken back by its authors')], default='waiting', max_length=10)),
                ('words', models.TextField(blank=True)),
                ('evidence', models.PositiveSmallIntegerField(default=0)),
                ('ground', models.TextField(blank=True)),
                ('sent_by', models.UUIDField()),
                ('sent_at', models.DateTimeField()),
                ('done_by', models.UUIDField(blank=True, null=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='practices.practice')),
                ('sent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='practices.practicerevision')),
            ],
        ),
        migrations.AddField(
            model_name='adoption',
            name='origin',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practices.practicerevision'),
        ),
        migrations.CreateModel(
            name='PracticeText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=120)),
                ('value', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField()),
                ('by', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='practices.practice')),
            ],
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('section', models.CharField(max_length=40)),
                ('text', models.TextField()),
                ('answer', models.TextField(blank=True)),
                ('answered_by', models.UUIDField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('back', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='practices.check')),
            ],
        ),
        migrations.CreateModel(
            name='ReportedAdoption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('site', models.CharField(max_length=500)),
                ('adoption_key', models.UUIDField()),
                ('public_key', models.CharField(max_length=64)),
                ('number', models.PositiveIntegerField()),
                ('organisation', models.CharField(max_length=500)),
                ('region', models.CharField(blank=True, max_length=500)),
                ('address', models.CharField(blank=True, max_length=500)),
                ('state', models.CharField(max_length=10)),
                ('since', models.DateField()),
                ('stage', models.CharField(choices=[('waiting', 'Waits for your word'), ('accepted', 'Accepted'), ('declined', 'Declined')], default='waiting', max_length=10)),
                ('received_at', models.DateTimeField()),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.UUIDField(blank=True, null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reported', to='practices.practice')),
            ],
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.TextField()),
                ('is_by_centre', models.BooleanField(default=False)),
                ('by', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('ended_by', models.UUIDField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='withdrawals', to='practices.practice')),
            ],
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('offer', models.CharField(blank=True, choices=[('partner', 'to be partners'), ('mentor', 'to be mentors'), ('letter', 'a letter of support'), ('materials', 'materials')], max_length=10)),
                ('at', models.DateTimeField()),
                ('adoption', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='practices.adoption')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['adoption', 'id'], name='letter_of_adoption')],
            },
        ),
        migrations.AddIndex(
            model_name='practice',
            index=models.Index(fields=['organisation', '-changed_at', '-id'], name='practice_by_change'),
        ),
        migrations.AddIndex(
            model_name='practice',
            index=models.Index(fields=['stage', 'title_folded', 'id'], name='practice_by_title'),
        ),
        migrations.AddIndex(
            model_name='practice',
            index=models.Index(fields=['stage', '-published_at', '-id'], name='practice_by_day'),
        ),
        migrations.AddIndex(
            model_name='practice',
            index=models.Index(fields=['stage', 'start_minor', 'id'], name='practice_by_cost'),
        ),
        migrations.AddIndex(
            model_name='practice',
            index=models.Index(fields=['stage', 'removed_at', 'region', 'theme', 'evidence', 'maturity', 'is_hosting', 'start_minor'], name='practice_counted'),
        ),
        migrations.AddConstraint(
            model_name='practice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='practice_published_some_day'),
        ),
        migrations.AddConstraint(
            model_name='foreignpractice',
            constraint=models.UniqueConstraint(fields=('feed', 'home_key'), name='foreign_practice_once'),
        ),
        migrations.AddConstraint(
            model_name='practiceaudience',
            constraint=models.UniqueConstraint(fields=('code', 'practice'), name='practice_audience_once'),
        ),
        migrations.AddIndex(
            model_name='practicefile',
            index=models.Index(condition=models.Q(('removed_at', None)), fields=['practice', 'id'], name='practice_file_there'),
        ),
        migrations.AddIndex(
            model_name='practicerevision',
            index=models.Index(fields=['practice', '-id'], name='revision_of_practice'),
        ),
        migrations.AddIndex(
            model_name='check',
            index=models.Index(condition=models.Q(('outcome', 'waiting')), fields=['sent_at', 'id'], name='check_waiting'),
        ),
        migrations.AddConstraint(
            model_name='check',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', 'waiting')), fields=('practice',), name='practice_with_consultant_once'),
        ),
        migrations.AddConstraint(
            model_name='check',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('done_by', None), ('outcome', 'waiting')), models.Q(models.Q(('outcome', 'waiting'), _negated=True), ('done_at__isnull', False), ('done_by__isnull', False)), _connector='OR'), name='check_done_by_somebody'),
        ),
        migrations.AddIndex(
            model_name='adoption',
            index=models.Index(fields=['practice', '-id'], name='adoption_of_practice'),
        ),
        migrations.AddIndex(
            model_name='adoption',
            index=models.Index(fields=['organisation', '-id'], name='adoption_by_organisation'),
        ),
        migrations.AddConstraint(
            model_name='adoption',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'dropped'), _negated=True), fields=('practice', 'organisation'), name='adoption_open_once'),
        ),
        migrations.AddConstraint(
            model_name='adoption',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'proven'), _negated=True), models.Q(models.Q(('number', ''), _negated=True), models.Q(('measured', ''), _negated=True), ('said_by__isnull', False)), _connector='OR'), name='adoption_proven_by_a_number'),
        ),
        migrations.AddConstraint(
            model_name='adoption',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'intended'), ('confirmed_by__isnull', False), _connector='OR'), name='adoption_goes_on_some_ground'),
        ),
        migrations.AddConstraint(
            model_name='adoption',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='adoption_confirmed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='practicetext',
            constraint=models.UniqueConstraint(fields=('practice', 'path'), name='practice_text_once'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.UniqueConstraint(fields=('back', 'section'), name='remark_once_a_section'),
        ),
        migrations.AddIndex(
            model_name='reportedadoption',
            index=models.Index(fields=['practice', '-id'], name='reported_of_practice'),
        ),
        migrations.AddConstraint(
            model_name='reportedadoption',
            constraint=models.UniqueConstraint(fields=('site', 'adoption_key'), name='reported_once'),
        ),
        migrations.AddConstraint(
            model_name='reportedadoption',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('stage', 'waiting')), models.Q(models.Q(('stage', 'waiting'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False), ('checked_at__isnull', False)), _connector='OR'), name='reported_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='withdrawal',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('practice',), name='practice_withdrawn_once'),
        ),
    ])]
