from django.db import migrations, models

from core.text import fold


def fold_names(apps, schema_editor):
    holders = apps.get_model("catalogue", "Establishment").objects
    for pk, name in holders.values_list("pk", "name").iterator():
        holders.filter(pk=pk).update(folded_name=fold(name))


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0011_plots")]

    operations = [
        migrations.AddField(
            "establishment",
            "folded_name",
            models.CharField(db_index=True, default="", editable=False, max_length=200),
        ),
        migrations.RunPython(fold_names, migrations.RunPython.noop),
    ]
