from django.db import migrations


class Migration(migrations.Migration):
    """Nothing ever opened a file of a report to everybody, and nothing asked."""

    dependencies = [("grants", "0008_rows_of_one_person")]

    operations = [migrations.RemoveField("reportfile", "is_open")]
