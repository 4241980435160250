import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from sinergia.base.migrating import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('base', '0001_initial'),
        ('files', '0001_files'),
        ('people', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [Together([
        migrations.CreateModel(
            name='FieldOfWork',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('name_folded', models.CharField(max_length=200, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='LegalForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, unique=True)),
                ('name_ru', models.CharField(max_length=200)),
                ('name_en', models.CharField(blank=True, max_length=200)),
                ('name_folded', models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='Official',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('post', models.CharField(blank=True, max_length=200)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.region')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('region', 'person'), name='official_once')],
            },
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=100)),
                ('query', models.CharField(max_length=1000)),
                ('made_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('name', ''), _negated=True), fields=('person', 'name'), name='saved_filter_once')],
            },
        ),
        migrations.CreateModel(
            name='FieldTheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='themes', to='organisations.fieldofwork')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.region')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.theme')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('field', 'region'), name='field_theme_once')],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=500)),
                ('name_folded', models.CharField(max_length=500)),
                ('short_name', models.CharField(blank=True, max_length=300)),
                ('kind', models.CharField(choices=[('registered', 'Registered organisation'), ('group', 'Group without a legal entity')], default='registered', max_length=10)),
                ('is_public', models.BooleanField(default=True)),
                ('status', models.CharField(choices=[('unknown', 'Not known'), ('active', 'Active'), ('reorganising', 'Being reorganised'), ('closing', 'Being closed'), ('bankrupt', 'In bankruptcy'), ('closed', 'Closed')], default='unknown', max_length=12)),
                ('registered_on', models.DateField(blank=True, null=True)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('address', models.CharField(blank=True, max_length=500)),
                ('site', models.CharField(blank=True, max_length=300)),
                ('site_key', models.CharField(blank=True, max_length=120)),
                ('applications_count', models.PositiveIntegerField(default=0)),
                ('won_count', models.PositiveIntegerField(default=0)),
                ('made_at', models.DateTimeField()),
                ('legal_form', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.legalform')),
                ('municipality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.municipality')),
                ('region', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.region')),
            ],
            options={
                'indexes': [models.Index(fields=['name_folded', 'id'], name='organisation_by_name'), models.Index(fields=['region', 'name_folded'], name='organisation_in_region'), models.Index(fields=['region', '-won_count', '-id'], name='organisation_won_there'), models.Index(fields=['-won_count', '-id'], name='organisation_by_won'), models.Index(fields=['-applications_count', '-id'], name='organisation_by_tries'), models.Index(fields=['-registered_on', '-id'], name='organisation_by_day'), models.Index(fields=['region', 'municipality', 'status', 'legal_form', 'kind', 'is_public', 'registered_on', 'won_count', 'applications_count'], name='organisation_facets'), models.Index(condition=models.Q(('site_key', ''), _negated=True), fields=['site_key'], name='organisation_by_site')],
                'constraints': [models.CheckConstraint(condition=models.Q(('closed_on', None), ('registered_on', None), ('closed_on__gte', models.F('registered_on')), _connector='OR'), name='organisation_closed_after_made')],
            },
        ),
        migrations.CreateModel(
            name='RegisterCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cell', models.CharField(db_index=True, max_length=80)),
                ('kind', models.CharField(max_length=10)),
                ('is_public', models.BooleanField()),
                ('status', models.CharField(max_length=12)),
                ('year', models.PositiveSmallIntegerField()),
                ('has', models.CharField(max_length=12)),
                ('number', models.IntegerField()),
                ('legal_form', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.legalform')),
                ('region', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.region')),
            ],
        ),
        migrations.CreateModel(
            name='BankAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.CharField(max_length=20)),
                ('bik', models.CharField(max_length=9)),
                ('correspondent', models.CharField(blank=True, max_length=20)),
                ('bank', models.CharField(blank=True, max_length=200)),
                ('is_main', models.BooleanField(default=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'number', 'bik'), name='bank_account_once'), models.UniqueConstraint(condition=models.Q(('is_main', True)), fields=('organisation',), name='bank_account_one_main')],
            },
        ),
        migrations.CreateModel(
            name='Card',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.TextField(blank=True)),
                ('shows_address', models.BooleanField(default=False)),
                ('shows_site', models.BooleanField(default=True)),
                ('shows_heads', models.BooleanField(default=False)),
                ('told_by', models.CharField(blank=True, max_length=200)),
                ('is_confirmed', models.BooleanField(default=False)),
                ('changed_at', models.DateTimeField()),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='card', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Centre',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('time_zone', models.CharField(max_length=40)),
                ('made_at', models.DateTimeField()),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('field', models.CharField(max_length=40)),
                ('before', models.CharField(blank=True, max_length=500)),
                ('after', models.CharField(blank=True, max_length=500)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField()),
                ('actor_key', models.UUIDField()),
                ('source', models.CharField(blank=True, max_length=60)),
                ('load_key', models.UUIDField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='organisations.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', '-at', '-id'], name='change_history')],
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('role', models.CharField(choices=[('leader', 'Head of the organisation'), ('editor', 'Team: editing')], max_length=10)),
                ('post', models.CharField(blank=True, max_length=200)),
                ('ground', models.TextField(blank=True)),
                ('raised_at', models.DateTimeField()),
                ('escalated_at', models.DateTimeField(blank=True, null=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('result', models.CharField(blank=True, choices=[('confirmed', 'Confirmed'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn')], max_length=10)),
                ('reason', models.TextField(blank=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('settled_at', None)), fields=['raised_at'], name='claim_waiting')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('settled_at', None)), fields=('organisation', 'person'), name='claim_open_once'), models.CheckConstraint(condition=models.Q(models.Q(('result', ''), ('settled_at', None)), models.Q(('settled_at__isnull', False), models.Q(('result', ''), _negated=True)), _connector='OR'), name='claim_settled_has_result')],
            },
        ),
        migrations.CreateModel(
            name='FormerKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(unique=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='FormerName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=500)),
                ('until', models.DateField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'name'), name='former_name_once')],
            },
        ),
        migrations.CreateModel(
            name='Head',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('post', models.CharField(blank=True, max_length=200)),
                ('since', models.DateField(blank=True, null=True)),
                ('until', models.DateField(blank=True, null=True)),
                ('is_public', models.BooleanField(default=False)),
                ('told_by', models.CharField(blank=True, max_length=200)),
                ('is_confirmed', models.BooleanField(default=False)),
                ('entered_by', models.UUIDField()),
                ('entered_at', models.DateTimeField()),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', '-until'], name='head_by_term')],
                'constraints': [models.CheckConstraint(condition=models.Q(('since', None), ('until', None), ('until__gte', models.F('since')), _connector='OR'), name='head_term_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Identifier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(choices=[('RU-OGRN', 'OGRN'), ('RU-INN', 'INN'), ('RU-KPP', 'KPP')], max_length=20)),
                ('value', models.CharField(max_length=40)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='identifiers', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('scheme', 'RU-KPP'), _negated=True), fields=('scheme', 'value'), name='identifier_once'), models.UniqueConstraint(fields=('organisation', 'scheme'), name='identifier_one_of_a_scheme')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('role', models.CharField(choices=[('leader', 'Head of the organisation'), ('editor', 'Team: editing')], max_length=10)),
                ('post', models.CharField(blank=True, max_length=200)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('parting', models.TextField(blank=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'person'), name='membership_once')],
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('gone_id', models.BigIntegerField()),
                ('gone_key', models.UUIDField()),
                ('content', models.BinaryField()),
                ('at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('gone_region', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.region')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('gone_key',), name='merge_of_one_once')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationField',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.fieldofwork')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'field'), name='organisation_field_once')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.municipality')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'municipality'), name='organisation_place_once')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationTheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.fieldofwork')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.theme')),
            ],
            options={
                'indexes': [models.Index(fields=['theme', 'organisation'], name='organisation_of_theme')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'theme'), name='organisation_theme_once')],
            },
        ),
        migrations.CreateModel(
            name='Pair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('reasons', models.CharField(max_length=200)),
                ('likeness', models.PositiveSmallIntegerField()),
                ('found_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('verdict', models.CharField(blank=True, choices=[('merged', 'Merged'), ('different', 'Two different organisations')], max_length=10)),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('settled_at', None)), fields=['-likeness', 'id'], name='pair_open')],
                'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='pair_once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='pair_elder_first')],
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('charter', 'Charter'), ('election', 'Election of the head'), ('attorney', 'Power of attorney'), ('certificate', 'Certificate or extract'), ('licence', 'Licence'), ('other', 'Another paper')], max_length=20)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('title_folded', models.CharField(blank=True, max_length=200)),
                ('number', models.CharField(blank=True, max_length=60)),
                ('issued_on', models.DateField(blank=True, null=True)),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('told_by', models.CharField(blank=True, max_length=200)),
                ('is_confirmed', models.BooleanField(default=False)),
                ('entered_by', models.UUIDField()),
                ('made_at', models.DateTimeField()),
                ('file', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['ends_on', 'id'], name='paper_by_end')],
                'constraints': [models.CheckConstraint(condition=models.Q(('issued_on', None), ('ends_on', None), ('ends_on__gte', models.F('issued_on')), _connector='OR'), name='paper_ends_after_it_is_issued')],
            },
        ),
        migrations.CreateModel(
            name='Reach',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('phone', 'Telephone'), ('email', 'E-mail'), ('link', 'Page in a network')], max_length=10)),
                ('value', models.CharField(max_length=300)),
                ('note', models.CharField(blank=True, max_length=100)),
                ('is_public', models.BooleanField(default=False)),
                ('is_confirmed', models.BooleanField(default=False)),
                ('told_by', models.CharField(blank=True, max_length=200)),
                ('place', models.PositiveSmallIntegerField(default=0)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'kind', 'value'), name='reach_once'), models.CheckConstraint(condition=models.Q(('is_public', True), ('kind', 'phone'), _negated=True), name='reach_phone_never_public')],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('transformed', 'Transformed'), ('merged', 'Merged into a new one'), ('absorbed', 'Joined to another'), ('divided', 'Divided'), ('spun_off', 'Another parted from it'), ('registered', 'A group became an organisation')], max_length=12)),
                ('on', models.DateField(blank=True, null=True)),
                ('entered_by', models.UUIDField()),
                ('entered_at', models.DateTimeField()),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('predecessor', 'successor'), name='succession_once'), models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='succession_of_two')],
            },
        ),
        migrations.CreateModel(
            name='Acquaintance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('met_on', models.DateField()),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.centre')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['centre', 'met_on', 'organisation'], name='acquaintance_by_day')],
                'constraints': [models.UniqueConstraint(fields=('centre', 'organisation'), name='acquaintance_once')],
            },
        ),
        migrations.CreateModel(
            name='CentreRegion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='regions', to='organisations.centre')),
                ('region', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.region')),
            ],
        ),
        migrations.CreateModel(
            name='CentreStaff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('head', 'Head of the centre'), ('consultant', 'Consultant of the centre')], max_length=12)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('parting', models.TextField(blank=True)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='staff', to='organisations.centre')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('centre', 'person'), name='centre_staff_once')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('name_folded', models.CharField(max_length=200)),
                ('email', models.CharField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=60)),
                ('note', models.TextField(blank=True)),
                ('told_by', models.CharField(blank=True, max_length=200)),
                ('is_confirmed', models.BooleanField(default=False)),
                ('entered_by', models.UUIDField()),
                ('made_at', models.DateTimeField()),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.centre')),
                ('municipality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.municipality')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.region')),
            ],
            options={
                'indexes': [models.Index(fields=['centre', 'name_folded', 'id'], name='contact_by_name')],
            },
        ),
        migrations.CreateModel(
            name='ContactList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('made_at', models.DateTimeField()),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.centre')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('centre', 'name'), name='contact_list_once')],
            },
        ),
        migrations.CreateModel(
            name='MergedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('model', models.CharField(max_length=60)),
                ('row', models.BigIntegerField()),
                ('deed', models.CharField(choices=[('moved', 'moves'), ('aside', 'is set aside'), ('made', 'is made'), ('filled', 'is filled in')], max_length=6)),
                ('field', models.CharField(blank=True, max_length=60)),
                ('before', models.TextField(blank=True)),
                ('merge', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='organisations.merge')),
            ],
            options={
                'indexes': [models.Index(fields=['merge', 'model', 'row'], name='merged_row_of')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('text', models.TextField()),
                ('made_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.centre')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['centre', 'organisation', '-id'], name='note_of_centre')],
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('loaded_at', models.DateTimeField(blank=True, null=True)),
                ('centre', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.centre')),
            ],
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('body', models.CharField(blank=True, max_length=300)),
                ('kind', models.CharField(choices=[('authority', 'Authority of the region'), ('federal', 'Federal authority'), ('municipality', 'Municipal authority'), ('chamber', 'Civic chamber, council'), ('npo', 'Non-profit organisation'), ('business', 'Business'), ('media', 'Media'), ('other', 'Other')], default='other', max_length=20)),
                ('rank', models.PositiveSmallIntegerField(default=100)),
                ('since', models.DateField(blank=True, null=True)),
                ('until', models.DateField(blank=True, null=True)),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='organisations.contact')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('since', None), ('until', None), ('until__gte', models.F('since')), _connector='OR'), name='post_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(max_length=40)),
                ('field', models.CharField(blank=True, max_length=40)),
                ('ours', models.CharField(blank=True, max_length=500)),
                ('theirs', models.CharField(blank=True, max_length=500)),
                ('digest', models.CharField(max_length=32)),
                ('content', models.BinaryField()),
                ('row', models.PositiveIntegerField(default=0)),
                ('has_namesake', models.BooleanField(default=False)),
                ('load_key', models.UUIDField(blank=True, null=True)),
                ('raised_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('result', models.CharField(blank=True, choices=[('taken', 'As the file says'), ('kept', 'As it was'), ('entered', 'Entered as new'), ('joined', 'It is this organisation'), ('dropped', 'Left out')], max_length=10)),
                ('centre', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.centre')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                ('region', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.region')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.source')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('settled_at', None)), fields=['raised_at'], name='question_open')],
                'constraints': [models.UniqueConstraint(fields=('source', 'digest', 'code', 'field'), name='question_asked_once')],
            },
        ),
        migrations.CreateModel(
            name='RegisterLoad',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_known_only', models.BooleanField(default=False)),
                ('centre', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.centre')),
                ('load', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='base.load')),
                ('region', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.region')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.source')),
            ],
        ),
        migrations.CreateModel(
            name='SourceLayout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('headings', models.CharField(max_length=64)),
                ('centre', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.centre')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='layouts', to='organisations.source')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('centre__isnull', False)), fields=('headings', 'centre'), name='source_layout_once_a_centre'), models.UniqueConstraint(condition=models.Q(('centre', None)), fields=('headings',), name='source_layout_once')],
            },
        ),
        migrations.CreateModel(
            name='SourceRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=32)),
                ('content', models.BinaryField()),
                ('loaded_at', models.DateTimeField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.source')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'source'), name='source_record_once')],
            },
        ),
        migrations.CreateModel(
            name='ListedContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField()),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.contact')),
                ('listing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='organisations.contactlist')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='organisations.post')),
            ],
            options={
                'indexes': [models.Index(fields=['listing', 'place', 'id'], name='listed_contact_order')],
                'constraints': [models.UniqueConstraint(fields=('listing', 'contact'), name='listed_contact_once')],
            },
        ),
    ])]
