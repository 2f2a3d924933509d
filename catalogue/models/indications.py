"""Protected names of goods, and who may use them on which days."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from core.records import Demonstrable


class ProtectedName(Demonstrable, ClusterableModel):
    """A geographical indication or a trademark that belongs to a place."""

    class Kind(models.TextChoices):
        INDICATION = "indication", _("geographical indication")
        CERTIFICATION_MARK = "certification_mark", _("certification mark")
        COLLECTIVE_MARK = "collective_mark", _("collective mark")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = models.CharField(_("name"), max_length=120)
    number = models.CharField(_("registration number"), max_length=60, unique=True)
    owner = models.CharField(_("owner"), max_length=200)
    registered_on = models.DateField(_("registered on"))
    species = models.ManyToManyField(
        "catalogue.Species", blank=True, related_name="+", verbose_name=_("species")
    )

    class Meta:
        verbose_name = _("protected name")
        verbose_name_plural = _("protected names")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name


class NameLicence(Orderable):
    """An establishment that may use a protected name."""

    protected = ParentalKey(ProtectedName, on_delete=models.CASCADE, related_name="licences")
    establishment = models.ForeignKey(
        "catalogue.Establishment",
        on_delete=models.PROTECT,
        related_name="name_licences",
        verbose_name=_("establishment"),
    )
    licensed_on = models.DateField(_("licensed on"))
    valid_until = models.DateField(_("valid to"), null=True, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("licence to use a name")
        verbose_name_plural = _("licences to use names")
        constraints = [
            models.UniqueConstraint(
                fields=["protected", "establishment", "licensed_on"],
                name="one_licence_per_establishment_and_day",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("licensed_on")),
                name="licence_ends_after_it_began",
            ),
        ]

    def __str__(self):
        return f"{self.establishment} – {self.protected}"

    def is_valid_on(self, day: date) -> bool:
        """Return whether the name may be used on a day."""
        return self.licensed_on <= day and (self.valid_until is None or day <= self.valid_until)
