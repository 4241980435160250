from django.db import migrations


def ask(apps, schema_editor):
    people = apps.get_model("people", "Person").objects
    people.filter(is_administrator=True, machine="", is_invented=False).update(must_use_mfa=True)


class Migration(migrations.Migration):
    """Administrators made before second factors were asked are asked for one from now on."""

    dependencies = [("people", "0003_must_use_mfa")]
    operations = [migrations.RunPython(ask, migrations.RunPython.noop)]
