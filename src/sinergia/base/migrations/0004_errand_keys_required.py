from uuid import uuid4

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ('base', '0003_errand_keys'),
    ]

    operations = [
        migrations.AlterField(
            model_name='errand',
            name='key',
            field=models.UUIDField(default=uuid4, editable=False, unique=True),
        ),
        migrations.AlterField(
            model_name='errand',
            name='promised_at',
            field=models.DateTimeField(),
        ),
        migrations.AddConstraint(
            model_name='errand',
            constraint=models.CheckConstraint(condition=Q(('done_at__isnull', True), ('given_up_at__isnull', True), _connector='OR'), name='errand_ends_one_way'),
        ),
        migrations.AddIndex(
            model_name='errand',
            index=models.Index(condition=Q(('done_at__isnull', False)), fields=['-done_at'], name='errand_done'),
        ),
        migrations.AddIndex(
            model_name='errand',
            index=models.Index(condition=Q(('given_up_at__isnull', False)), fields=['-given_up_at'], name='errand_given_up'),
        ),
        migrations.AddIndex(
            model_name='errand',
            index=models.Index(fields=['name'], name='errand_name'),
        ),
    ]
