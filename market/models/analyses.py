"""Analyses of a lot (phiếu kiểm nghiệm): what a laboratory measured, on which basis and how.

Shares are parts per million of mass (core.shares). Essential oil is often given in millilitres per
100 grams: as in the pharmacopoeias that number counts as per cent.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from catalogue.models import Marker
from core.records import Demonstrable, Timestamped, keeps
from core.shares import WHOLE, ShareField
from market.assays import dried_ppm
from market.querysets import AnalysisResultQuerySet


class Analysis(Demonstrable, Timestamped, ClusterableModel):
    """A laboratory's report on a sample of a lot. Later reports join earlier ones, which stay."""

    lot = models.ForeignKey(
        "market.Lot", on_delete=models.PROTECT, related_name="analyses", verbose_name=_("lot")
    )
    number = models.CharField(
        _("report number"), max_length=60, help_text=_("As printed on the report.")
    )
    laboratory = models.CharField(_("laboratory"), max_length=200)
    accreditation = models.CharField(
        _("accreditation number"),
        max_length=60,
        blank=True,
        help_text=_("ISO/IEC 17025, as printed. Leave empty what the report does not name."),
    )
    sampled_on = models.DateField(_("sampled on"), null=True, blank=True)
    analysed_on = models.DateField(_("analysed on"))
    loss_on_drying = ShareField(
        _("loss on drying (%)"),
        null=True,
        blank=True,
        help_text=_("With it, results on the drug as it is are also given on the dried drug."),
    )

    class Meta:
        verbose_name = _("analysis")
        verbose_name_plural = _("analyses")
        ordering = ["-analysed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["laboratory", "number"], name="one_analysis_per_laboratory_and_number"
            ),
            models.CheckConstraint(
                condition=Q(sampled_on__isnull=True) | Q(analysed_on__gte=F("sampled_on")),
                name="analysed_after_sampling",
                violation_error_message=_("A sample is analysed after it was taken."),
            ),
            models.CheckConstraint(
                condition=Q(loss_on_drying__isnull=True)
                | Q(loss_on_drying__gte=0, loss_on_drying__lt=WHOLE),
                name="something_is_left_after_drying",
                violation_error_message=_("Something must be left after drying."),
            ),
        ]

    def __str__(self):
        return f"{self.number} – {self.laboratory}"

    def clean(self):
        # A report says its lot; what it proved of one lot it cannot prove of another.
        keeps(self, "lot")
        if self.analysed_on and self.analysed_on > timezone.localdate():
            raise ValidationError({"analysed_on": _("An analysis cannot lie in the future.")})


class AnalysisResult(models.Model):
    """How much of one compound was found."""

    analysis = ParentalKey(Analysis, on_delete=models.CASCADE, related_name="results")
    compound = models.ForeignKey(
        "catalogue.Compound",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("compound"),
    )
    value = ShareField(_("result (%)"))
    basis = models.CharField(_("basis"), max_length=16, choices=Marker.Basis)
    method = models.CharField(_("method"), max_length=120, help_text=_("As printed on the report."))

    objects = AnalysisResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["analysis", "compound", "basis"], name="one_result_per_compound_and_basis"
            ),
            models.CheckConstraint(
                condition=Q(value__gt=0, value__lte=WHOLE),
                name="a_result_is_more_than_nothing_and_at_most_all",
                violation_error_message=_("A result is more than nothing and at most all."),
            ),
        ]

    def __str__(self):
        return f"{self.compound}: {self.value} ppm"

    @property
    def dried(self) -> int | None:
        """The result on the dried drug, in parts per million; None when unknown."""
        return dried_ppm(self.value, self.basis, self.analysis.loss_on_drying)
