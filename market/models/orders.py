"""Orders: kilograms of one lot for one buyer. Only services move an order between states."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.records import Timestamped
from market.querysets import OrderQuerySet


class Order(Timestamped):
    """An order and the hold it has on its lot until it is paid or runs out."""

    class State(models.TextChoices):
        PENDING = "pending", _("waiting for payment")
        PAID = "paid", _("paid")
        EXPIRED = "expired", _("expired")
        CANCELLED = "cancelled", _("cancelled")
        REFUND_DUE = "refund_due", _("refund due")
        REFUNDED = "refunded", _("refunded")

    reference = models.CharField(_("reference"), max_length=24, unique=True)
    token = models.UUIDField(
        unique=True,
        editable=False,
        help_text="Names the form that was sent: sent twice, one order.",
    )
    buyer = models.ForeignKey(
        "market.Buyer", on_delete=models.PROTECT, related_name="orders", verbose_name=_("buyer")
    )
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="orders"
    )
    lot = models.ForeignKey(
        "market.Lot", on_delete=models.PROTECT, related_name="orders", verbose_name=_("lot")
    )
    grams = models.PositiveBigIntegerField(_("grams"))
    price_minor_per_kg = models.PositiveBigIntegerField(_("price per kilogram (minor units)"))
    total_minor = models.PositiveBigIntegerField(_("total (minor units)"))
    currency = models.CharField(_("currency"), max_length=3)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.PENDING)
    held_until = models.DateTimeField(_("held until"))
    language = models.CharField(
        _("language"),
        max_length=8,
        help_text=_("The buyer's, for what is written about the order outside their visit."),
    )

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "held_until"], name="order_hold_running_out")]
        constraints = [
            models.CheckConstraint(condition=Q(grams__gt=0), name="order_has_a_weight"),
            models.CheckConstraint(condition=Q(total_minor__gt=0), name="order_has_a_total"),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("market:order_detail", args=[self.reference])

    def can_become(self, state: "Order.State") -> bool:
        """Return whether the table of moves allows this one."""
        return state in TRANSITIONS[self.State(self.state)]


TRANSITIONS = {
    Order.State.PENDING: {
        Order.State.PAID,
        Order.State.EXPIRED,
        Order.State.CANCELLED,
        Order.State.REFUND_DUE,  # paid an amount we did not ask for
    },
    Order.State.EXPIRED: {Order.State.REFUND_DUE},  # paid too late
    Order.State.CANCELLED: {Order.State.REFUND_DUE},
    Order.State.PAID: {Order.State.REFUND_DUE},
    Order.State.REFUND_DUE: {Order.State.REFUNDED},
    Order.State.REFUNDED: set(),
}
