"""What the programmes build: facilities, chains and projects, from which targets are counted."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.records import Demonstrable


class Undertaking(Demonstrable, models.Model):
    """Something that begins, may end, and concerns some species."""

    name = models.CharField(_("name"), max_length=200)
    species = models.ManyToManyField(
        "catalogue.Species", blank=True, related_name="+", verbose_name=_("species")
    )
    began_on = models.DateField(_("began on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name


def ends_after_it_began(name: str) -> models.CheckConstraint:
    """Return the constraint that an undertaking does not end before it begins."""
    return models.CheckConstraint(
        condition=Q(ended_on__isnull=True)
        | Q(began_on__isnull=True)
        | Q(ended_on__gte=F("began_on")),
        name=name,
    )


class Facility(Undertaking):
    """A nursery, a seed centre or a processing plant."""

    class Kind(models.TextChoices):
        NURSERY = "nursery", _("nursery")
        SEED_CENTRE = "seed_centre", _("seed research centre")
        PROCESSING_PLANT = "processing_plant", _("processing plant")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    establishment = models.ForeignKey(
        "catalogue.Establishment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="facilities",
        verbose_name=_("establishment"),
    )
    commune = models.ForeignKey(
        "catalogue.Commune", on_delete=models.PROTECT, related_name="+", verbose_name=_("commune")
    )
    capacity = models.CharField(_("capacity"), max_length=120, blank=True)

    class Meta(Undertaking.Meta):
        verbose_name = _("facility")
        verbose_name_plural = _("facilities")
        constraints = [ends_after_it_began("facility_ends_after_it_began")]


class LinkageChain(Undertaking):
    """A chain from growing over processing to selling, with the establishments in it."""

    establishments = models.ManyToManyField(
        "catalogue.Establishment", related_name="chains", verbose_name=_("establishments")
    )

    class Meta(Undertaking.Meta):
        verbose_name = _("linkage chain")
        verbose_name_plural = _("linkage chains")
        constraints = [ends_after_it_began("chain_ends_after_it_began")]


class Project(Undertaking):
    """A research or investment project."""

    class Kind(models.TextChoices):
        RESEARCH = "research", _("research")
        INVESTMENT = "investment", _("investment")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    owner = models.CharField(_("owner"), max_length=200, blank=True)
    province = models.ForeignKey(
        "catalogue.Province", on_delete=models.PROTECT, related_name="+", verbose_name=_("province")
    )
    budget_minor = models.PositiveBigIntegerField(_("budget (đồng)"), null=True, blank=True)
    under_canopy = models.BooleanField(_("under forest canopy"), default=False)

    class Meta(Undertaking.Meta):
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = [ends_after_it_began("project_ends_after_it_began")]
