import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from sinergia.base.migrating import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('base', '0001_initial'),
        ('calls', '0001_initial'),
        ('organisations', '0001_initial'),
        ('people', '0001_initial'),
        ('places', '0001_initial'),
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
            options={
                'indexes': [models.Index(fields=['region', 'fund', 'outcome', 'currency', 'contest_year', 'asked_minor', 'awarded_minor', 'municipality', 'direction', 'organisation'], name='application_figures'), models.Index(fields=['fund', 'organisation'], name='application_of_fund'), models.Index(fields=['organisation', 'outcome'], name='application_of'), models.Index(fields=['-contest_year', '-id'], name='application_by_year'), models.Index(fields=['-asked_minor', '-id'], name='application_by_asked'), models.Index(fields=['-awarded_minor', '-id'], name='application_by_awarded'), models.Index(fields=['title_folded', 'id'], name='application_by_title')],
                'constraints': [models.UniqueConstraint(fields=('fund', 'number'), name='application_number_once'), models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='application_has_number'), models.CheckConstraint(condition=models.Q(('asked_minor__gte', 0), ('awarded_minor__gte', 0)), name='application_sums_not_negative')],
            },
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
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('settled_at__isnull', True)), fields=('application', 'code'), name='doubt_raised_once')],
            },
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
            options={
                'constraints': [models.UniqueConstraint(fields=('application', 'version'), name='record_version_once'), models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('application',), name='record_one_current')],
            },
        ),
    ])]
