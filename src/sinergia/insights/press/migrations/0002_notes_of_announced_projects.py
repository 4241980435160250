import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0005_people_written_down'),
        ('insights_press', '0001_press_notes'),
    ]

    operations = [
        migrations.AddField(
            model_name='noteversion',
            name='page',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='grants.projectpage'),
        ),
        migrations.RemoveConstraint(
            model_name='noteversion',
            name='note_of_one_thing',
        ),
        migrations.AddConstraint(
            model_name='noteversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('contest', None), ('grant__isnull', False), ('page', None)), models.Q(('contest__isnull', False), ('grant', None), ('page', None)), models.Q(('contest', None), ('grant', None), ('page__isnull', False)), _connector='OR'), name='note_of_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='noteversion',
            constraint=models.UniqueConstraint(fields=('page', 'language', 'number'), name='note_of_page_once'),
        ),
    ]
