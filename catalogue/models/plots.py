"""The plots of a growing area: outlines or points on WGS-84."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue.querysets import PlotQuerySet


class Plot(models.Model):
    """A plot of an area. Only catalogue.services.plots writes plots, after checking them.

    `geometry` is a GeoJSON point or polygon without holes, with six decimals, its outline
    counter-clockwise. `area_m2` is measured on the ellipsoid; of a point it is what was declared.
    """

    area = models.ForeignKey(
        "catalogue.GrowingArea", on_delete=models.CASCADE, related_name="plots"
    )
    label = models.CharField(_("name"), max_length=80)
    geometry = models.JSONField(_("shape"))
    area_m2 = models.PositiveBigIntegerField(_("area (m²)"))
    declared_m2 = models.PositiveBigIntegerField(_("declared area (m²)"), null=True)
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()

    objects = PlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("plot")
        verbose_name_plural = _("plots")
        ordering = ["area", "pk"]
        indexes = [models.Index(fields=["west", "south", "east", "north"], name="plots_by_place")]
        constraints = [
            models.UniqueConstraint(fields=["area", "label"], name="one_plot_per_name_and_area"),
            models.CheckConstraint(condition=Q(area_m2__gt=0), name="plot_has_a_size"),
            models.CheckConstraint(
                condition=Q(
                    west__gte=-180,
                    west__lte=F("east"),
                    east__lte=180,
                    south__gte=-90,
                    south__lte=F("north"),
                    north__lte=90,
                ),
                name="plot_lies_on_earth",
            ),
        ]

    def __str__(self):
        return f"{self.area.code}, {self.label}"

    @property
    def is_point(self) -> bool:
        """Whether the plot is a point and not an outline."""
        return self.geometry["type"] == "Point"
