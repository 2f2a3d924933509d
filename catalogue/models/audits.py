"""Visits of assessors, and how many criteria of Circular 19/2019/TT-BYT were met in each part."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable


class Audit(ClusterableModel):
    """One assessment of a certificate."""

    class Kind(models.TextChoices):
        FIRST = "first", _("first assessment")
        MAINTENANCE = "maintenance", _("maintenance")
        CHANGE = "change", _("change of scope")
        AD_HOC = "ad_hoc", _("unannounced visit")

    # Circular 19/2019/TT-BYT, Appendix II: 54 criteria in seven parts.
    CRITERIA = 54

    certificate = models.ForeignKey(
        "catalogue.Certificate",
        on_delete=models.CASCADE,
        related_name="audits",
        verbose_name=_("certificate"),
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    visited_on = models.DateField(_("visited on"))
    assessors = models.CharField(
        _("assessors"), max_length=300, blank=True, help_text=_("Not shown to the public.")
    )
    report_number = models.CharField(_("number of the report"), max_length=60, blank=True)
    corrections = models.TextField(
        _("corrective actions"), blank=True, help_text=_("What has to be put right.")
    )
    corrections_due_on = models.DateField(_("to be put right by"), null=True, blank=True)
    corrected_on = models.DateField(_("put right on"), null=True, blank=True)

    class Meta:
        verbose_name = _("audit")
        verbose_name_plural = _("audits")
        ordering = ["-visited_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(corrected_on__isnull=True) | Q(corrected_on__gte=F("visited_on")),
                name="audit_is_corrected_after_the_visit",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.visited_on:%Y-%m-%d}"

    @property
    def met(self) -> int:
        """How many criteria were met in all parts."""
        return sum(part.met for part in self.parts.all())

    @property
    def not_met(self) -> int:
        """How many criteria were not met in all parts."""
        return sum(part.not_met for part in self.parts.all())


class AuditPart(Orderable):
    """How many criteria of one part were met."""

    class Part(models.IntegerChoices):
        GROWING = 1, _("I. Growing and harvesting")
        WILD = 2, _("II. Collection of wild material")
        PROCESSING = 3, _("III. Processing after harvest")
        STORAGE = 4, _("IV. Packing, labelling, storage, transport")
        QUALITY = 5, _("V. Quality assurance")
        OTHER = 6, _("VI. Other")
        INTERNAL = 7, _("VII. Internal audit")

    audit = ParentalKey(Audit, on_delete=models.CASCADE, related_name="parts")
    part = models.PositiveSmallIntegerField(_("part"), choices=Part)
    met = models.PositiveSmallIntegerField(_("met"), default=0)
    not_met = models.PositiveSmallIntegerField(_("not met"), default=0)

    class Meta(Orderable.Meta):
        verbose_name = _("part of an audit")
        verbose_name_plural = _("parts of an audit")
        ordering = ["part"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "part"], name="one_row_per_part_of_an_audit"),
            models.CheckConstraint(
                condition=Q(part__gte=1, part__lte=7), name="audit_parts_are_seven"
            ),
            models.CheckConstraint(
                condition=Q(met__lte=54 - F("not_met")), name="audit_part_has_at_most_54_criteria"
            ),
        ]

    def __str__(self):
        return self.get_part_display()


class AuditFinding(Orderable):
    """A criterion that was not met, with its number as the circular gives it."""

    audit = ParentalKey(Audit, on_delete=models.CASCADE, related_name="findings")
    part = models.PositiveSmallIntegerField(_("part"), choices=AuditPart.Part)
    criterion = models.CharField(_("criterion"), max_length=20)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("criterion that was not met")
        verbose_name_plural = _("criteria that were not met")
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "part", "criterion"], name="one_finding_per_criterion"
            ),
            models.CheckConstraint(
                condition=Q(part__gte=1, part__lte=7), name="audit_finding_is_of_seven_parts"
            ),
        ]

    def __str__(self):
        return f"{self.get_part_display()}: {self.criterion}"
