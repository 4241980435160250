import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from sinergia.base.migrating import Together


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0001_files'),
        ('grants', '0003_changes_by_stage'),
        ('people', '__first__'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.DeleteModel(
            name='Attendance',
        ),
        migrations.DeleteModel(
            name='DiaryPicture',
        ),
        migrations.DeleteModel(
            name='Joiner',
        ),
        migrations.DeleteModel(
            name='Role',
        ),
        migrations.DeleteModel(
            name='ProjectPage',
        ),
        # Nothing was ever written in these: no page had led to them.
        Together([
            migrations.CreateModel(
                name='ProjectPage',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('grant', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='page', to='grants.grant')),
                    ('promise', models.TextField(blank=True)),
                    ('is_open', models.BooleanField(default=False)),
                    ('opened_at', models.DateTimeField(blank=True, null=True)),
                    ('embed_host', models.CharField(blank=True, max_length=200)),
                    ('changed_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='Role',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('grant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='grants.grant')),
                    ('name', models.CharField(max_length=200)),
                    ('about', models.TextField(blank=True)),
                    ('where', models.CharField(blank=True, max_length=300)),
                    ('starts_on', models.DateField(blank=True, null=True)),
                    ('ends_on', models.DateField(blank=True, null=True)),
                    ('places', models.PositiveIntegerField(blank=True, null=True)),
                    ('least_age', models.PositiveSmallIntegerField(default=14)),
                    ('confirms', models.BooleanField(default=True)),
                    ('day_minutes', models.PositiveSmallIntegerField(default=120)),
                    ('is_open', models.BooleanField(default=True)),
                ],
            ),
            migrations.CreateModel(
                name='Joiner',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('role', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='joiners', to='grants.role')),
                    ('name', models.CharField(blank=True, max_length=200)),
                    ('name_folded', models.CharField(blank=True, max_length=200)),
                    ('email', models.EmailField(blank=True, max_length=254)),
                    ('age', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='places.municipality')),
                    ('language', models.CharField(max_length=2)),
                    ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('parent_agreed_at', models.DateTimeField(blank=True, null=True)),
                    ('stage', models.CharField(choices=[('asked', 'Waits for the organisers'), ('confirmed', 'Confirmed'), ('waiting', 'On the waiting list'), ('refused', 'Not taken'), ('left', 'Does not come')], default='asked', max_length=9)),
                    ('asked_at', models.DateTimeField()),
                    ('proven_at', models.DateTimeField(blank=True, null=True)),
                    ('queued_at', models.DateTimeField(blank=True, null=True)),
                    ('agreed_version', models.PositiveSmallIntegerField(default=0)),
                    ('shown_at', models.DateTimeField(blank=True, null=True)),
                    ('certificate', models.CharField(blank=True, max_length=40)),
                ],
            ),
            migrations.CreateModel(
                name='JoinerParent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('joiner', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='parent', to='grants.joiner')),
                    ('name', models.CharField(max_length=200)),
                    ('email', models.EmailField(max_length=254)),
                    ('asked_at', models.DateTimeField(blank=True, null=True)),
                ],
            ),
            migrations.CreateModel(
                name='DiaryPicture',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='grants.diaryentry')),
                    ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                    ('caption', models.CharField(blank=True, max_length=300)),
                    ('consent', models.CharField(blank=True, max_length=300)),
                    ('by', models.UUIDField()),
                    ('agreed_by', models.UUIDField(blank=True, null=True)),
                    ('agreed_at', models.DateTimeField(blank=True, null=True)),
                    ('removed_at', models.DateTimeField(blank=True, null=True)),
                    ('people', models.ManyToManyField(related_name='pictures', to='grants.joiner')),
                ],
            ),
            migrations.CreateModel(
                name='Attendance',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('joiner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='grants.joiner')),
                    ('on', models.DateField()),
                    ('minutes', models.PositiveSmallIntegerField()),
                    ('by', models.UUIDField(blank=True, null=True)),
                    ('at', models.DateTimeField()),
                ],
            ),
            migrations.AddConstraint(
                model_name='role',
                constraint=models.CheckConstraint(condition=models.Q(('places', 0), _negated=True), name='role_has_places'),
            ),
            migrations.AddIndex(
                model_name='joiner',
                index=models.Index(fields=['role', 'stage', 'queued_at'], name='joiner_in_order'),
            ),
            migrations.AddConstraint(
                model_name='joiner',
                constraint=models.UniqueConstraint(condition=models.Q(('email', ''), _negated=True), fields=('role', 'email'), name='joined_once_by_address'),
            ),
            migrations.AddConstraint(
                model_name='joiner',
                constraint=models.UniqueConstraint(condition=models.Q(('certificate', ''), _negated=True), fields=('certificate',), name='joiner_certificate_once'),
            ),
            migrations.AddConstraint(
                model_name='joiner',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'confirmed'), _negated=True), ('age', None), ('age__gte', 18), ('parent_agreed_at__isnull', False), _connector='OR'), name='joiner_of_age_or_agreed'),
            ),
            migrations.AddConstraint(
                model_name='joiner',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('queued_at', None), ('stage__in', ('asked', 'left', 'refused'))), models.Q(('proven_at__isnull', False), ('queued_at__isnull', False)), _connector='OR'), name='joiner_queued_is_proven'),
            ),
            migrations.AddConstraint(
                model_name='diarypicture',
                constraint=models.CheckConstraint(condition=models.Q(('agreed_by', None), models.Q(('agreed_by', models.F('by')), _negated=True), _connector='OR'), name='picture_agreed_by_another'),
            ),
            migrations.AddConstraint(
                model_name='attendance',
                constraint=models.UniqueConstraint(fields=('joiner', 'on'), name='attended_once_a_day'),
            ),
            migrations.AddConstraint(
                model_name='attendance',
                constraint=models.CheckConstraint(condition=models.Q(('minutes__gte', 1), ('minutes__lte', 1440)), name='attended_within_a_day'),
            ),
        ]),
    ]
