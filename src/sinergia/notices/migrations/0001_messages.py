import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from sinergia.base.migrating import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [Together([
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.CharField(choices=[('at_once', 'Each message at once'), ('digest', 'Urgent ones at once, the others in one letter a day'), ('urgent', 'Only urgent ones: a deadline today, safety of the account'), ('never', 'None; I look in the site')], default='digest', max_length=10)),
                ('digest_hour', models.PositiveSmallIntegerField(default=9)),
                ('quiet_from', models.PositiveSmallIntegerField(default=21)),
                ('quiet_to', models.PositiveSmallIntegerField(default=8)),
                ('time_zone', models.CharField(max_length=40)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('digest_hour__lte', 23), ('quiet_from__lte', 23), ('quiet_to__lte', 23)), name='choice_hours_of_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('on', models.DateField()),
                ('made_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'on'), name='digest_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Mailing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('scope_kind', models.CharField(max_length=20)),
                ('scope_key', models.CharField(max_length=64)),
                ('subject', models.CharField(max_length=150)),
                ('text', models.TextField()),
                ('reply_to', models.CharField(blank=True, max_length=254)),
                ('query', models.CharField(blank=True, max_length=1000)),
                ('stage', models.CharField(choices=[('gathering', 'Being gathered'), ('draft', 'Draft'), ('sending', 'Being sent'), ('sent', 'Sent')], default='gathering', max_length=10)),
                ('made_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['scope_kind', 'scope_key', '-made_at', '-id'], name='mailing_of_scope')],
            },
        ),
        migrations.CreateModel(
            name='Silence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('address', models.CharField(max_length=254, unique=True)),
                ('since', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(max_length=60)),
                ('values', models.JSONField(default=dict)),
                ('about_kind', models.CharField(blank=True, max_length=60)),
                ('about_key', models.CharField(blank=True, max_length=64)),
                ('url', models.CharField(blank=True, max_length=500)),
                ('is_urgent', models.BooleanField(default=False)),
                ('is_unseen', models.BooleanField(default=True)),
                ('made_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('mailed_at', models.DateTimeField(blank=True, null=True)),
                ('letter_key', models.UUIDField(blank=True, null=True)),
                ('digest', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notices', to='notices.digest')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-is_unseen', '-id'], name='notice_list'), models.Index(fields=['about_kind', 'about_key'], name='notice_about'), models.Index(fields=['made_at'], name='notice_age')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('is_unseen', True), ('seen_at__isnull', True)), models.Q(('is_unseen', False), ('seen_at__isnull', False)), _connector='OR'), name='notice_seen_has_a_moment')],
            },
        ),
        migrations.CreateModel(
            name='Recipient',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=40)),
                ('of_key', models.UUIDField()),
                ('name', models.CharField(max_length=500)),
                ('name_folded', models.CharField(max_length=500)),
                ('address', models.CharField(blank=True, max_length=254)),
                ('address_folded', models.CharField(blank=True, max_length=254)),
                ('language', models.CharField(max_length=2)),
                ('state', models.CharField(choices=[('waiting', 'to be sent'), ('sent', 'sent'), ('same', 'same mailbox as another'), ('no_address', 'no address'), ('broken', 'the mailbox takes no letters'), ('withheld', 'did not agree to letters')], max_length=12)),
                ('letter_key', models.UUIDField(blank=True, null=True)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('phoned_at', models.DateTimeField(blank=True, null=True)),
                ('phoned_by', models.UUIDField(blank=True, null=True)),
                ('phoned_note', models.CharField(blank=True, max_length=500)),
                ('mailing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recipients', to='notices.mailing')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['mailing', 'name_folded', 'id'], name='recipient_by_name'), models.Index(fields=['mailing', 'state', 'id'], name='recipient_by_state'), models.Index(fields=['address_folded'], name='recipient_by_address')],
                'constraints': [models.UniqueConstraint(fields=('mailing', 'kind', 'of_key'), name='recipient_once_in_a_mailing')],
            },
        ),
    ])]
