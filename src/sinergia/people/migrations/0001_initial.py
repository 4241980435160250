import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from sinergia.base.migrating import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [Together([
        migrations.CreateModel(
            name='ConsentText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('account', 'An account on this site'), ('publication', 'Name and post shown to everybody'), ('letters', 'News by e-mail')], max_length=20)),
                ('version', models.PositiveIntegerField()),
                ('text_ru', models.TextField()),
                ('text_en', models.TextField()),
                ('from_on', models.DateField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('purpose', 'version'), name='consent_text_version_once')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('email', models.CharField(max_length=254, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('language', models.CharField(default='ru', max_length=2)),
                ('machine', models.CharField(blank=True, max_length=40)),
                ('is_administrator', models.BooleanField(default=False)),
                ('is_active', models.BooleanField(default=True)),
                ('is_invented', models.BooleanField(default=False)),
                ('must_use_mfa', models.BooleanField(db_default=False, default=False)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'person',
                'constraints': [models.UniqueConstraint(condition=models.Q(('machine', ''), _negated=True), fields=('machine',), name='person_machine_once'), models.CheckConstraint(condition=models.Q(('machine', ''), ('password__startswith', '!'), _connector='OR'), name='person_machine_has_no_password')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('purpose', models.CharField(choices=[('account', 'An account on this site'), ('publication', 'Name and post shown to everybody'), ('letters', 'News by e-mail')], max_length=20)),
                ('shows_name', models.BooleanField(default=False)),
                ('shows_post', models.BooleanField(default=False)),
                ('given_at', models.DateTimeField()),
                ('how', models.CharField(choices=[('site', 'on the site'), ('paper', 'on paper')], max_length=10)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('text', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.consenttext')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('person', 'purpose'), name='consent_in_force_once'), models.CheckConstraint(condition=models.Q(models.Q(('entered_by__isnull', True), ('how', 'site')), models.Q(('entered_by__isnull', False), ('how', 'paper')), _connector='OR'), name='consent_on_paper_says_who_entered'), models.CheckConstraint(condition=models.Q(('purpose', 'publication'), models.Q(('shows_name', False), ('shows_post', False)), _connector='OR'), name='consent_shows_by_publication')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=40)),
                ('scope', models.CharField(max_length=64)),
                ('role', models.CharField(max_length=40)),
                ('email', models.CharField(blank=True, max_length=254)),
                ('token_digest', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('taken_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'scope', '-id'], name='invitation_of_scope')],
                'constraints': [models.UniqueConstraint(condition=models.Q(models.Q(('email', ''), _negated=True), ('taken_at__isnull', True), ('withdrawn_at__isnull', True)), fields=('kind', 'scope', 'role', 'email'), name='invitation_waiting_once'), models.CheckConstraint(condition=models.Q(models.Q(('taken_at__isnull', True), ('taken_by__isnull', True)), models.Q(('taken_at__isnull', False), ('taken_by__isnull', False)), _connector='OR'), name='invitation_taken_by_somebody'), models.CheckConstraint(condition=models.Q(('taken_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), name='invitation_taken_or_withdrawn'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('made_at'))), name='invitation_ends_later')],
            },
        ),
    ])]
