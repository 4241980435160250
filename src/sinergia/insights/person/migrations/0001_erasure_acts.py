import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ErasureAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('person_key', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('ground', models.CharField(choices=[('self', 'by the person, on the site'), ('letter', 'by a signed letter'), ('visit', 'in person, with an identity paper'), ('authority', 'by a demand of the authority or a court')], max_length=12)),
                ('paper_number', models.CharField(blank=True, max_length=40)),
                ('paper_on', models.DateField(blank=True, null=True)),
                ('counts', models.JSONField(default=dict)),
                ('done_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ground', 'self'), models.Q(('paper_number', ''), _negated=True), _connector='OR'), name='erasure_on_paper_names_it')],
            },
        ),
    ]
