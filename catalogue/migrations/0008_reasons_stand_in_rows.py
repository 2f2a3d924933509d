# herbarium: allow RemoveField – 0007 has written every reason into the row of its decision
from django.db import migrations, models

KNOWN = models.Q(
    decision__in=[
        "draft",
        "submitted",
        "checked",
        "returned",
        "accepted",
        "suspended",
        "withdrawn",
    ]
)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0007_decisions_are_rows")]

    operations = [
        migrations.RemoveField("certificate", "decision_reason"),
        migrations.AddConstraint(
            "certificate",
            models.CheckConstraint(condition=KNOWN, name="certificate_decision_is_known"),
        ),
        migrations.AddConstraint(
            "growingarea",
            models.CheckConstraint(condition=KNOWN, name="area_decision_is_known"),
        ),
    ]
