"""Products graded in the programme "One commune, one product" (OCOP): a register of their own."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.querysets import OcopProductQuerySet
from core.records import Demonstrable, Timestamped, keeps


class OcopProduct(Demonstrable, Timestamped):
    """A product of an establishment, made of one species, with the stars a decision gave it.

    Whether the stars count on a day is derived from the dates of the decision and never typed.
    """

    class Stars(models.IntegerChoices):
        THREE = 3, _("3 stars")
        FOUR = 4, _("4 stars")
        FIVE = 5, _("5 stars")

    establishment = models.ForeignKey(
        "catalogue.Establishment",
        on_delete=models.PROTECT,
        related_name="ocop_products",
        verbose_name=_("establishment"),
    )
    species = models.ForeignKey(
        "catalogue.Species",
        on_delete=models.PROTECT,
        related_name="ocop_products",
        verbose_name=_("species"),
    )
    name = models.CharField(_("name of the product"), max_length=200)
    stars = models.PositiveSmallIntegerField(_("stars"), choices=Stars)
    decision_number = models.CharField(
        _("decision number"), max_length=60, help_text=_("As printed on the decision.")
    )
    decided_on = models.DateField(_("decided on"))
    valid_until = models.DateField(
        _("valid to"), help_text=_("The last day on which the stars count.")
    )

    objects = OcopProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("OCOP product")
        verbose_name_plural = _("OCOP products")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stars__gte=3, stars__lte=5), name="ocop_stars_are_three_to_five"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("decided_on")), name="ocop_ends_after_its_decision"
            ),
            # One decision grades many products, of many establishments.
            models.UniqueConstraint(
                fields=["establishment", "name", "decision_number"],
                name="one_row_per_ocop_decision_and_product",
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.get_stars_display()}"

    def clean(self):
        # Lots wear the stars of their seller's product: another holder or herb is another product.
        keeps(self, "establishment", "species")

    def is_valid_on(self, day: date) -> bool:
        """Return whether the stars count on a day."""
        return self.decided_on <= day <= self.valid_until

    @property
    def is_valid(self) -> bool:
        """Whether the stars count today."""
        return self.is_valid_on(timezone.localdate())
