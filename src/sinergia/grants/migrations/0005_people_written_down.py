from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0004_people_who_join'),
        ('places', '0002_how_an_indicator_was_measured'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='joiner',
            name='joiner_queued_is_proven',
        ),
        migrations.AddField(
            model_name='joiner',
            name='written_by',
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='joinerparent',
            name='email',
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AddConstraint(
            model_name='joiner',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('queued_at', None), ('stage__in', ('asked', 'left', 'refused'))), models.Q(models.Q(('proven_at__isnull', False), ('written_by__isnull', False), _connector='OR'), ('queued_at__isnull', False)), _connector='OR'), name='joiner_queued_is_proven'),
        ),
    ]
