import django.db.models.deletion
import uuid
from django.db import migrations, models

from sinergia.base.migrating import Together


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('projects', '0001_initial'),
        ('projects', '0002_submitted_as'),
        ('projects', '0003_drafts_in_numbers'),
        ('projects', '0004_grown_from'),
    ]

    dependencies = [
        ('calls', '0001_squashed'),
        ('exchange', '0001_squashed'),
        ('files', '0001_files'),
        ('organisations', '0001_squashed'),
        ('practices', '0001_squashed'),
    ]

    operations = [Together([
        migrations.CreateModel(
            name='Project',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('is_open', models.BooleanField(default=False)),
                ('title', models.CharField(blank=True, max_length=500)),
                ('title_folded', models.CharField(blank=True, max_length=500)),
                ('is_shared', models.BooleanField(default=False)),
                ('submitted_as', models.CharField(blank=True, max_length=40)),
                ('told_by', models.CharField(blank=True, max_length=200)),
                ('direction', models.CharField(blank=True, max_length=40)),
                ('to_mend', models.PositiveIntegerField(blank=True, null=True)),
                ('made_by', models.UUIDField()),
                ('made_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('adoption', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practices.adoption')),
                ('commitment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='exchange.commitment')),
                ('contest', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='calls.contest')),
                ('copied_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='projects.project')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='DraftField',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=120)),
                ('value', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField()),
                ('by', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fields', to='projects.project')),
            ],
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('field', models.CharField(max_length=40)),
                ('by', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='projects.project')),
            ],
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('content', models.BinaryField()),
                ('size', models.PositiveIntegerField()),
                ('by', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('why', models.CharField(choices=[('quiet', 'after a while without changes'), ('named', 'kept by hand'), ('taken_out', 'before a row was taken out'), ('restored', 'before an earlier version was brought back'), ('submitted', 'handed in')], max_length=10)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='projects.project')),
            ],
        ),
        migrations.CreateModel(
            name='TakenField',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=120)),
                ('source', models.CharField(max_length=120)),
                ('digest', models.CharField(max_length=64)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='taken', to='projects.project')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practices.practicerevision')),
            ],
        ),
        migrations.AddIndex(
            model_name='project',
            index=models.Index(fields=['organisation', '-changed_at', '-id'], name='project_by_change'),
        ),
        migrations.AddIndex(
            model_name='project',
            index=models.Index(fields=['contest', '-id'], name='project_of_contest'),
        ),
        migrations.AddConstraint(
            model_name='draftfield',
            constraint=models.UniqueConstraint(fields=('project', 'path'), name='draft_field_once'),
        ),
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(condition=models.Q(('removed_at', None)), fields=['project', 'id'], name='attachment_there'),
        ),
        migrations.AddIndex(
            model_name='revision',
            index=models.Index(fields=['project', '-id'], name='revision_of_project'),
        ),
        migrations.AddConstraint(
            model_name='takenfield',
            constraint=models.UniqueConstraint(fields=('project', 'path'), name='taken_field_once'),
        ),
    ])]
