import uuid
from django.db import migrations, models

from sinergia.base.migrating import Together


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [Together([
        migrations.CreateModel(
            name='BrokenAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('address', models.CharField(max_length=254, unique=True)),
                ('fault', models.CharField(max_length=20)),
                ('since', models.DateTimeField()),
                ('times', models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('to', models.CharField(max_length=254)),
                ('to_folded', models.CharField(db_index=True, max_length=254)),
                ('subject', models.CharField(max_length=200)),
                ('text', models.TextField(blank=True)),
                ('language', models.CharField(max_length=2)),
                ('reply_to', models.CharField(blank=True, max_length=254)),
                ('leave_url', models.CharField(blank=True, max_length=500)),
                ('is_secret', models.BooleanField(default=False)),
                ('about', models.CharField(blank=True, max_length=120)),
                ('once', models.CharField(blank=True, max_length=160)),
                ('made_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('refused_at', models.DateTimeField(blank=True, null=True)),
                ('fault', models.CharField(blank=True, max_length=20)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('about', ''), _negated=True), fields=['about'], name='letter_about'), models.Index(fields=['made_at'], name='letter_age'), models.Index(condition=models.Q(('text', ''), _negated=True), fields=['made_at'], name='letter_with_text'), models.Index(condition=models.Q(('refused_at__isnull', True), ('sent_at__isnull', True)), fields=['made_at'], name='letter_waiting')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('once', ''), _negated=True), fields=('once',), name='letter_once'), models.CheckConstraint(condition=models.Q(models.Q(('fault', ''), ('refused_at__isnull', True)), models.Q(('refused_at__isnull', False), models.Q(('fault', ''), _negated=True)), _connector='OR'), name='letter_refused_says_why')],
            },
        ),
    ])]
