import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0005_a_browsers_code_is_derived'),
    ]

    operations = [
        migrations.CreateModel(
            name='OcopProduct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_demonstration', models.BooleanField(default=False, help_text='Shown with a mark wherever it appears: nobody has reviewed this record.', verbose_name='demonstration record')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('name', models.CharField(max_length=200, verbose_name='name of the product')),
                ('stars', models.PositiveSmallIntegerField(choices=[(3, '3 stars'), (4, '4 stars'), (5, '5 stars')], verbose_name='stars')),
                ('decision_number', models.CharField(help_text='As printed on the decision.', max_length=60, verbose_name='decision number')),
                ('decided_on', models.DateField(verbose_name='decided on')),
                ('valid_until', models.DateField(help_text='The last day on which the stars count.', verbose_name='valid to')),
                ('establishment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ocop_products', to='catalogue.establishment', verbose_name='establishment')),
                ('species', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ocop_products', to='catalogue.species', verbose_name='species')),
            ],
            options={
                'verbose_name': 'OCOP product',
                'verbose_name_plural': 'OCOP products',
                'ordering': ['name', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('stars__gte', 3), ('stars__lte', 5)), name='ocop_stars_are_three_to_five'), models.CheckConstraint(condition=models.Q(('valid_until__gte', models.F('decided_on'))), name='ocop_ends_after_its_decision'), models.UniqueConstraint(fields=('establishment', 'name', 'decision_number'), name='one_row_per_ocop_decision_and_product')],
            },
        ),
    ]
