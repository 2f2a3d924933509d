"""Growing areas: coded land where an establishment grows some species."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue.decisions import Decision
from catalogue.models.decisions import Decided
from catalogue.querysets import GrowingAreaQuerySet
from core.areas import SQUARE_METRES_PER_HECTARE
from core.records import Demonstrable


class GrowingArea(Decided, Demonstrable, models.Model):
    """A coded area where an establishment grows some species. Area in whole square metres.

    `longitude` and `latitude` are the middle of its plots; services.plots writes them with these.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("not in force")
        ACTIVE = "active", _("active")
        SUSPENDED = "suspended", _("suspended")
        WITHDRAWN = "withdrawn", _("withdrawn")

    code = models.CharField(_("area code"), max_length=30, unique=True)
    establishment = models.ForeignKey(
        "catalogue.Establishment",
        on_delete=models.PROTECT,
        related_name="areas",
        verbose_name=_("establishment"),
    )
    name = models.CharField(_("name"), max_length=160)
    commune = models.ForeignKey(
        "catalogue.Commune",
        on_delete=models.PROTECT,
        related_name="areas",
        verbose_name=_("commune"),
    )
    species = models.ManyToManyField(
        "catalogue.Species", related_name="areas", verbose_name=_("species")
    )
    area_m2 = models.PositiveBigIntegerField(_("area (m²)"))
    expected_yield_grams = models.PositiveBigIntegerField(
        _("expected yield a year (g)"), null=True, blank=True
    )
    households = models.PositiveIntegerField(_("households"), default=0)
    district_as_printed = models.CharField(
        _("district as printed"),
        max_length=80,
        blank=True,
        help_text=_("On papers from before July 2025, when there were districts."),
    )
    longitude = models.FloatField(null=True, editable=False)
    latitude = models.FloatField(null=True, editable=False)
    under_canopy = models.BooleanField(_("under forest canopy"), default=False)

    objects = GrowingAreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("growing area")
        verbose_name_plural = _("growing areas")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(area_m2__gt=0), name="area_has_a_size"),
            models.CheckConstraint(
                condition=Q(decision__in=Decision.values), name="area_decision_is_known"
            ),
            models.CheckConstraint(
                condition=Q(expected_yield_grams__isnull=True) | Q(expected_yield_grams__gt=0),
                name="area_expects_some_yield",
            ),
        ]

    def __str__(self):
        return f"{self.code} – {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("catalogue:area_detail", args=[self.code])

    @property
    def is_place_withheld(self) -> bool:
        """Whether a threatened species grows here: no public output then names more than the
        province, nor the name of the area, which tells of a place.
        """
        if hasattr(self, "place_is_withheld"):
            return self.place_is_withheld
        return self.species.threatened().exists()

    @property
    def public_name(self) -> str:
        """What the public may read of the name."""
        return "" if self.is_place_withheld else self.name

    @property
    def public_commune(self):
        """The commune, None where it is withheld."""
        return None if self.is_place_withheld else self.commune

    @property
    def public_place(self) -> str:
        """The place as every public output gives it: the commune, or no more than the province."""
        return str(self.public_commune or self.commune.province)

    @property
    def hectares(self) -> float:
        """The area in hectares, for reading."""
        return self.area_m2 / SQUARE_METRES_PER_HECTARE

    @property
    def state(self) -> "GrowingArea.State":
        """What the code is today: in force, stopped, or not yet in the public register."""
        if self.is_under_review:
            return self.State.DRAFT
        return self.State.ACTIVE if self.is_accepted else self.State(self.decision)

    @property
    def is_active(self) -> bool:
        """Whether the code is in force; the mirror of GrowingArea.objects.active()."""
        return self.is_accepted
