"""Establishments: who holds growing areas and certificates."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue.querysets import EstablishmentQuerySet
from core.records import Demonstrable
from core.text import fold


class Establishment(Demonstrable, models.Model):
    """The legal holder of certificates and growing areas."""

    class Kind(models.TextChoices):
        COMPANY = "company", _("company")
        COOPERATIVE = "cooperative", _("cooperative")
        HOUSEHOLD_GROUP = "household_group", _("household group")
        RESEARCH_STATION = "research_station", _("research station")

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = models.CharField(_("name"), max_length=200)
    folded_name = models.CharField(max_length=200, editable=False, db_index=True, default="")
    commune = models.ForeignKey(
        "catalogue.Commune",
        on_delete=models.PROTECT,
        related_name="establishments",
        verbose_name=_("commune"),
    )
    address = models.CharField(_("street address"), max_length=200, blank=True)

    objects = EstablishmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("establishment")
        verbose_name_plural = _("establishments")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("catalogue:establishment_detail", args=[self.slug])

    def save(self, *args, **kwargs):
        self.folded_name = fold(self.name)
        super().save(*args, **kwargs)
