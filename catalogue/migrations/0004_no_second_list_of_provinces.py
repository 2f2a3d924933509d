# herbarium: allow RemoveField – the provinces stand in Distribution since 0003; no release used both
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0003_places_and_digests")]

    operations = [migrations.RemoveField(model_name="species", name="provinces")]
