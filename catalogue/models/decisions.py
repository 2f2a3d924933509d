"""What the register decides about a record, as rows that stay: when, by whom and why."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.decisions import EDITABLE, UNDER_REVIEW, Decision
from catalogue.querysets import DecisionQuerySet


class Decided(models.Model):
    """A record of the register that rests on decisions; `decision` is the last of its rows."""

    decision = models.CharField(
        _("decision"), max_length=16, choices=Decision, default=Decision.DRAFT, editable=False
    )

    class Meta:
        abstract = True

    @property
    def is_accepted(self) -> bool:
        """Whether the last decision vouches for the record."""
        return self.decision == Decision.ACCEPTED

    @property
    def is_editable(self) -> bool:
        """Whether the facts that badges rest on may be edited."""
        return self.decision in EDITABLE

    @property
    def is_under_review(self) -> bool:
        """Whether nobody has vouched for the record yet, or again."""
        return self.decision in UNDER_REVIEW


class DecisionRow(models.Model):
    """One decision about a record. Rows are only ever added."""

    decision = models.CharField(_("decision"), max_length=16, choices=Decision)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["made_at", "pk"]

    def __str__(self):
        return f"{self.get_decision_display()}, {timezone.localdate(self.made_at):%Y-%m-%d}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError("A decision is never changed; make another one.")
        super().save(*args, **kwargs)


class CertificateDecision(DecisionRow):
    """A decision about a certificate."""

    record = models.ForeignKey(
        "catalogue.Certificate", on_delete=models.CASCADE, related_name="decisions"
    )

    class Meta(DecisionRow.Meta):
        verbose_name = _("decision about a certificate")
        verbose_name_plural = _("decisions about certificates")


class AreaDecision(DecisionRow):
    """A decision about a growing area."""

    record = models.ForeignKey(
        "catalogue.GrowingArea", on_delete=models.CASCADE, related_name="decisions"
    )

    class Meta(DecisionRow.Meta):
        verbose_name = _("decision about a growing area")
        verbose_name_plural = _("decisions about growing areas")
