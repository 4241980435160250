from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("base", "0005_indexed_head_and_weight")]

    operations = [
        migrations.AddField(
            model_name="loadnote",
            name="field",
            field=models.CharField(blank=True, default="", max_length=40),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="loadnote",
            name="before",
            field=models.CharField(blank=True, default="", max_length=300),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="loadnote",
            name="is_warning",
            field=models.BooleanField(default=True),
        ),
        migrations.AddIndex(
            model_name="loadnote",
            index=models.Index(fields=["load", "is_warning", "row"], name="load_note_warnings"),
        ),
    ]
