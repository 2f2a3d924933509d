"""Who stands behind an establishment. Nothing of this is shown to the public."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Household(models.Model):
    """A household that works for an establishment, as its dossier lists them."""

    establishment = models.ForeignKey(
        "catalogue.Establishment",
        on_delete=models.CASCADE,
        related_name="household_members",
        verbose_name=_("establishment"),
    )
    name = models.CharField(_("name of the householder"), max_length=120)
    commune = models.ForeignKey(
        "catalogue.Commune", on_delete=models.PROTECT, related_name="+", verbose_name=_("commune")
    )
    area_m2 = models.PositiveBigIntegerField(_("area (m²)"), default=0)
    contract = models.CharField(_("purchase contract"), max_length=80, blank=True)
    joined_on = models.DateField(_("joined on"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)

    class Meta:
        verbose_name = _("household")
        verbose_name_plural = _("households")
        ordering = ["establishment", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on__isnull=True)
                | Q(joined_on__isnull=True)
                | Q(left_on__gte=F("joined_on")),
                name="household_leaves_after_joining",
            ),
        ]

    def __str__(self):
        return self.name


class ResponsiblePerson(models.Model):
    """A person responsible for a part of what an establishment does."""

    establishment = models.ForeignKey(
        "catalogue.Establishment",
        on_delete=models.CASCADE,
        related_name="responsible_people",
        verbose_name=_("establishment"),
    )
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("title"), max_length=120)
    qualification = models.CharField(_("qualification"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("person responsible")
        verbose_name_plural = _("people responsible")
        ordering = ["establishment", "name"]

    def __str__(self):
        return f"{self.name}, {self.title}"
