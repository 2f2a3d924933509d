from django.db import migrations, models

from core.text import bare


def fold_numbers(apps, schema_editor):
    certificates = apps.get_model("catalogue", "Certificate").objects
    for pk, number in certificates.values_list("pk", "number").iterator():
        certificates.filter(pk=pk).update(folded_number=bare(number))


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0008_reasons_stand_in_rows")]

    operations = [
        migrations.AddField(
            "certificate",
            "folded_number",
            models.CharField(db_index=True, default="", editable=False, max_length=60),
        ),
        migrations.RunPython(fold_numbers, migrations.RunPython.noop),
    ]
