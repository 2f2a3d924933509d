"""Payments: one checkout per order, every identifier of the payment service kept and unique."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.records import Timestamped


class Payment(Timestamped):
    """The money side of an order."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        PAID = "paid", _("paid")
        CLOSED = "closed", _("closed without payment")
        REFUNDED = "refunded", _("refunded")

    order = models.OneToOneField("market.Order", on_delete=models.PROTECT, related_name="payment")
    amount_minor = models.PositiveBigIntegerField(_("amount (minor units)"))
    received_minor = models.PositiveBigIntegerField(_("received (minor units)"), default=0)
    currency = models.CharField(_("currency"), max_length=3)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.OPEN)
    checkout_url = models.URLField(_("payment page"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.order} {self.state}"

    def reference_starting(self, prefix: str) -> str:
        """Return the identifier of this kind ("cs_", "pi_", "re_") or an empty string."""
        found = self.references.filter(stripe_id__startswith=prefix).order_by("-pk").first()
        return found.stripe_id if found else ""


class StripeReference(models.Model):
    """Any Stripe object (cs_, pi_, re_) that belongs to a payment."""

    stripe_id = models.CharField(max_length=255, unique=True)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="references")

    def __str__(self):
        return self.stripe_id


class StripeEvent(models.Model):
    """A webhook event that has taken effect; the row and the effect are one transaction."""

    event_id = models.CharField(max_length=255, unique=True)
    type = models.CharField(max_length=100)
    received_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"{self.event_id} {self.type}"
