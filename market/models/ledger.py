"""One ledger per lot: every change of kilograms is a row that stays (docs/adr/0003)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from market.querysets import MovementQuerySet


class LotMovement(models.Model):
    """Grams added to (+) or taken from (−) what is left of a lot, and why. Append only."""

    class Reason(models.TextChoices):
        LISTED = "listed", _("listed")
        RESERVED = "reserved", _("held for an order")
        RELEASED = "released", _("given back")

    lot = models.ForeignKey("market.Lot", on_delete=models.PROTECT, related_name="movements")
    grams = models.BigIntegerField(_("grams"))
    reason = models.CharField(_("reason"), max_length=16, choices=Reason)
    order = models.ForeignKey(
        "market.Order",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="movements",
    )
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = MovementQuerySet.as_manager()

    class Meta:
        verbose_name = _("movement")
        verbose_name_plural = _("movements")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason="reserved", grams__lt=0)
                | ~Q(reason="reserved") & Q(grams__gt=0),
                name="movement_sign_fits_reason",
            ),
            models.CheckConstraint(
                condition=Q(reason="listed") | Q(order__isnull=False),
                name="movement_names_its_order",
            ),
            # An order takes its kilograms once and gives them back at most once.
            models.UniqueConstraint(
                fields=["order", "reason"], name="one_movement_per_order_and_reason"
            ),
            models.UniqueConstraint(
                fields=["lot"], condition=Q(reason="listed"), name="lot_is_listed_once"
            ),
        ]

    def __str__(self):
        return f"{self.lot} {self.grams:+d} g ({self.reason})"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError("A movement is never changed; post another one.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("A movement is never deleted; post another one.")
