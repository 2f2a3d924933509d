import core.shares
import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0006_ocop_products'),
        ('market', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Analysis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_demonstration', models.BooleanField(default=False, help_text='Shown with a mark wherever it appears: nobody has reviewed this record.', verbose_name='demonstration record')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('number', models.CharField(help_text='As printed on the report.', max_length=60, verbose_name='report number')),
                ('laboratory', models.CharField(max_length=200, verbose_name='laboratory')),
                ('accreditation', models.CharField(blank=True, help_text='ISO/IEC 17025, as printed. Leave empty what the report does not name.', max_length=60, verbose_name='accreditation number')),
                ('sampled_on', models.DateField(blank=True, null=True, verbose_name='sampled on')),
                ('analysed_on', models.DateField(verbose_name='analysed on')),
                ('loss_on_drying', core.shares.ShareField(blank=True, help_text='With it, results on the drug as it is are also given on the dried drug.', null=True, verbose_name='loss on drying (%)')),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='analyses', to='market.lot', verbose_name='lot')),
            ],
            options={
                'verbose_name': 'analysis',
                'verbose_name_plural': 'analyses',
                'ordering': ['-analysed_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='AnalysisResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', core.shares.ShareField(verbose_name='result (%)')),
                ('basis', models.CharField(choices=[('dried', 'on the dried drug'), ('anhydrous', 'on the anhydrous drug'), ('as_is', 'on the drug as it is')], max_length=16, verbose_name='basis')),
                ('method', models.CharField(help_text='As printed on the report.', max_length=120, verbose_name='method')),
                ('analysis', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='market.analysis')),
                ('compound', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.compound', verbose_name='compound')),
            ],
            options={
                'verbose_name': 'result',
                'verbose_name_plural': 'results',
                'ordering': ['pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='analysis',
            constraint=models.UniqueConstraint(fields=('laboratory', 'number'), name='one_analysis_per_laboratory_and_number'),
        ),
        migrations.AddConstraint(
            model_name='analysis',
            constraint=models.CheckConstraint(condition=models.Q(('sampled_on__isnull', True), ('analysed_on__gte', models.F('sampled_on')), _connector='OR'), name='analysed_after_sampling', violation_error_message='A sample is analysed after it was taken.'),
        ),
        migrations.AddConstraint(
            model_name='analysis',
            constraint=models.CheckConstraint(condition=models.Q(('loss_on_drying__isnull', True), models.Q(('loss_on_drying__gte', 0), ('loss_on_drying__lt', 1000000)), _connector='OR'), name='something_is_left_after_drying', violation_error_message='Something must be left after drying.'),
        ),
        migrations.AddConstraint(
            model_name='analysisresult',
            constraint=models.UniqueConstraint(fields=('analysis', 'compound', 'basis'), name='one_result_per_compound_and_basis'),
        ),
        migrations.AddConstraint(
            model_name='analysisresult',
            constraint=models.CheckConstraint(condition=models.Q(('value__gt', 0), ('value__lte', 1000000)), name='a_result_is_more_than_nothing_and_at_most_all', violation_error_message='A result is more than nothing and at most all.'),
        ),
    ]
