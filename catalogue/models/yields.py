"""How much an area can yield: limits that staff set, beyond which a declared yield is looked at."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class YieldLimit(models.Model):
    """The most that a hectare of a species is believed to yield in a year."""

    species = models.OneToOneField(
        "catalogue.Species",
        on_delete=models.CASCADE,
        related_name="yield_limit",
        verbose_name=_("species"),
    )
    grams_per_hectare = models.PositiveBigIntegerField(_("limit for a hectare and year (g)"))
    source = models.CharField(
        _("source"), max_length=300, help_text=_("Who set the limit, in which document.")
    )

    class Meta:
        verbose_name = _("limit of yield")
        verbose_name_plural = _("limits of yield")
        ordering = ["species"]
        constraints = [
            models.CheckConstraint(
                condition=Q(grams_per_hectare__gt=0), name="yield_limit_is_positive"
            ),
        ]

    def __str__(self):
        return str(self.species)
