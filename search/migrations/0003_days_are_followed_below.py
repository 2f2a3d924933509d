# herbarium: allow DeleteModel – the catalogue follows days from its 0010 on; a day that is not
# known to be followed only leaves the index to the nightly rebuild
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0002_saved_searches"),
        ("catalogue", "0010_days_are_followed_here"),
    ]

    operations = [migrations.DeleteModel(name="FollowedDay")]
