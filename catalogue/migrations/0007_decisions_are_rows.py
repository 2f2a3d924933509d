# herbarium: allow RenameField – nothing is published yet that reads an area's `state` column
# herbarium: allow AlterField – a growing area begins as a draft; only choices and default change
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

DECISIONS = [
    ("draft", "draft"),
    ("submitted", "submitted"),
    ("checked", "checked against its source"),
    ("returned", "returned"),
    ("accepted", "accepted"),
    ("suspended", "suspended"),
    ("withdrawn", "withdrawn"),
]


def decision_field():
    return models.CharField(
        choices=DECISIONS,
        default="draft",
        editable=False,
        max_length=16,
        verbose_name="decision",
    )


def row_of(name, record, **names):
    """A table of decisions about one kind of record."""
    return migrations.CreateModel(
        name=name,
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            (
                "decision",
                models.CharField(choices=DECISIONS, max_length=16, verbose_name="decision"),
            ),
            ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
            (
                "made_at",
                models.DateTimeField(default=django.utils.timezone.now, verbose_name="made"),
            ),
            (
                "person",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="person",
                ),
            ),
            (
                "record",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="decisions",
                    to=f"catalogue.{record}",
                ),
            ),
        ],
        options={"ordering": ["made_at", "pk"], "abstract": False, **names},
    )


def write_rows(apps, schema_editor):
    """Every record that was decided about has a row that says so."""
    areas = apps.get_model("catalogue", "GrowingArea").objects
    areas.filter(decision="active").update(decision="accepted")
    area_rows = apps.get_model("catalogue", "AreaDecision").objects
    area_rows.bulk_create(
        area_rows.model(record=area, decision=area.decision)
        for area in areas.exclude(decision="draft").iterator()
    )
    certificates = apps.get_model("catalogue", "Certificate").objects.exclude(decision="draft")
    certificate_rows = apps.get_model("catalogue", "CertificateDecision").objects
    certificate_rows.bulk_create(
        certificate_rows.model(
            record=paper,
            decision=paper.decision,
            reason=paper.decision_reason,
            made_at=paper.changed_at,
        )
        for paper in certificates.iterator()
    )


def read_rows(apps, schema_editor):
    """Back to the word for an area in force, and to the last reason beside each certificate."""
    areas = apps.get_model("catalogue", "GrowingArea").objects
    areas.filter(decision="accepted").update(decision="active")
    certificates = apps.get_model("catalogue", "Certificate").objects
    for row in apps.get_model("catalogue", "CertificateDecision").objects.order_by("made_at", "pk"):
        certificates.filter(pk=row.record_id).update(decision_reason=row.reason)


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0006_ocop_products"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameField("growingarea", "state", "decision"),
        migrations.AlterField("growingarea", "decision", decision_field()),
        migrations.AlterField("certificate", "decision", decision_field()),
        row_of(
            "AreaDecision",
            "GrowingArea",
            verbose_name="decision about a growing area",
            verbose_name_plural="decisions about growing areas",
        ),
        row_of(
            "CertificateDecision",
            "Certificate",
            verbose_name="decision about a certificate",
            verbose_name_plural="decisions about certificates",
        ),
        migrations.RunPython(write_rows, read_rows),
    ]
