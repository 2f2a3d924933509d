# herbarium: allow RemoveField – what it said is worked out from the code, and nothing reads it

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0004_no_second_list_of_provinces'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='language',
            name='bcp47',
        ),
    ]
