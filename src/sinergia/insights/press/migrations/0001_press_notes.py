import django.db.models.deletion
from django.db import migrations, models

from sinergia.base.migrating import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('calls', '0005_results_are_told'),
        ('grants', '0002_own_forms_of_agreements'),
    ]

    operations = [Together([
        migrations.CreateModel(
            name='NoteVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=2)),
                ('number', models.PositiveIntegerField()),
                ('by', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('contest', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='calls.contest')),
                ('grant', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='grants.grant')),
            ],
        ),
        migrations.CreateModel(
            name='NoteSentence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=60)),
                ('text', models.TextField()),
                ('fact', models.TextField(blank=True)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sentences', to='insights_press.noteversion')),
            ],
        ),
        migrations.CreateModel(
            name='NotePublished',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='published', to='insights_press.noteversion')),
            ],
        ),
        migrations.AddConstraint(
            model_name='noteversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('contest', None), ('grant__isnull', False)), models.Q(('contest__isnull', False), ('grant', None)), _connector='OR'), name='note_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='noteversion',
            constraint=models.UniqueConstraint(fields=('contest', 'language', 'number'), name='note_of_contest_once'),
        ),
        migrations.AddConstraint(
            model_name='noteversion',
            constraint=models.UniqueConstraint(fields=('grant', 'language', 'number'), name='note_of_grant_once'),
        ),
        migrations.AddConstraint(
            model_name='notesentence',
            constraint=models.UniqueConstraint(fields=('version', 'code'), name='note_sentence_once'),
        ),
    ])]
