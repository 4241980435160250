from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0005_people_written_down'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='report',
            name='report_submitted_has_a_moment',
        ),
        migrations.AlterField(
            model_name='report',
            name='stage',
            field=models.CharField(choices=[('draft', 'Being written'), ('signing', 'Written, to be signed'), ('submitted', 'Being checked'), ('returned', 'Checked, there are remarks'), ('accepted', 'No remarks')], default='draft', max_length=9),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ('draft', 'signing')), ('submitted_at__isnull', False), _connector='OR'), name='report_submitted_has_a_moment'),
        ),
    ]
