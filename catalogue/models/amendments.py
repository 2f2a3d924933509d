"""Changes of what the register vouches for: proposed by one person, settled by another."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Amendment(models.Model):
    """A proposed change of an accepted record, which holds as it is until the change is accepted.

    `changes` gives for each field what was stored and what is to be stored, as JSON values: keys of
    records for relations, days as text. `words` says the same for people.
    """

    class Outcome(models.TextChoices):
        PENDING = "pending", _("proposed")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    changes = models.JSONField(_("changes"))
    words = models.JSONField(_("changes in words"))
    reason = models.CharField(_("reason"), max_length=300)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    outcome = models.CharField(
        _("outcome"), max_length=16, choices=Outcome, default=Outcome.PENDING
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(_("settled"), null=True)
    note = models.CharField(_("why it was refused"), max_length=300, blank=True)

    class Meta:
        abstract = True
        ordering = ["proposed_at", "pk"]

    def __str__(self):
        return f"{self.record}: {self.get_outcome_display()}"

    @property
    def is_pending(self) -> bool:
        """Whether nobody has settled it yet."""
        return self.outcome == self.Outcome.PENDING


def constraints_of(name: str) -> list[models.BaseConstraint]:
    """Return the constraints of a table of amendments."""
    return [
        models.UniqueConstraint(
            fields=["record"], condition=Q(outcome="pending"), name=f"one_pending_{name}"
        ),
        models.CheckConstraint(
            condition=Q(outcome="pending", settled_at__isnull=True)
            | Q(outcome__in=("accepted", "refused"), settled_at__isnull=False),
            name=f"{name}_is_settled_on_a_day",
        ),
    ]


class CertificateAmendment(Amendment):
    """A proposed change of a certificate, as when the authority changes its scope."""

    record = models.ForeignKey(
        "catalogue.Certificate", on_delete=models.CASCADE, related_name="amendments"
    )

    class Meta(Amendment.Meta):
        verbose_name = _("change of a certificate")
        verbose_name_plural = _("changes of certificates")
        constraints = constraints_of("certificate_amendment")


class AreaAmendment(Amendment):
    """A proposed change of a growing area."""

    record = models.ForeignKey(
        "catalogue.GrowingArea", on_delete=models.CASCADE, related_name="amendments"
    )

    class Meta(Amendment.Meta):
        verbose_name = _("change of a growing area")
        verbose_name_plural = _("changes of growing areas")
        constraints = constraints_of("area_amendment")
