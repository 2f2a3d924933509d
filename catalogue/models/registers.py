"""The registers that museum and market stand on: establishments, growing areas, certificates."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.decisions import UNDER_REVIEW, Decision
from catalogue.models.decisions import Decided
from catalogue.querysets import CertificateQuerySet, GrowingAreaQuerySet
from core.areas import SQUARE_METRES_PER_HECTARE
from core.records import Demonstrable, Timestamped
from core.text import bare, fold


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

    class Meta:
        verbose_name = _("establishment")
        verbose_name_plural = _("establishments")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.folded_name = fold(self.name)
        super().save(*args, **kwargs)


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
        Establishment,
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


class Certificate(Decided, Demonstrable, Timestamped):
    """A certificate of an establishment for species and areas.

    The authority's decision is stored, the dates are those printed on the paper; whether it is
    due, expired or valid on a day is derived from the two and never typed.
    """

    class Standard(models.TextChoices):
        GACP_WHO = "gacp_who", "GACP-WHO"
        ORGANIC = "organic", _("organic")
        VIETGAP = "vietgap", "VietGAP"
        GLOBALGAP = "globalgap", "GlobalGAP"
        FSC = "fsc", "FSC"
        UEBT = "uebt", "UEBT"
        ISO_22000 = "iso_22000", "ISO 22000"
        HACCP = "haccp", "HACCP"
        GMP = "gmp", "GMP"

    class State(models.TextChoices):
        DRAFT = "draft", _("not in force")
        VALID = "valid", _("valid")
        DUE = "due", _("due for renewal")
        EXPIRED = "expired", _("expired")
        SUSPENDED = "suspended", _("suspended")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class DocumentKind(models.TextChoices):
        CERTIFICATE = "certificate", _("certificate")
        ANNOUNCEMENT = "announcement", _("announcement on the authority's portal")
        RECEIPT = "receipt", _("receipt of a declaration")

    class Activity(models.TextChoices):
        CULTIVATION = "cultivation", _("cultivation")
        WILD_COLLECTION = "wild_collection", _("wild collection")

    # Circular 19/2019/TT-BYT, Art. 14: the maintenance dossier is due within 30 days of expiry.
    DUE_DAYS = 30

    number = models.CharField(_("number"), max_length=60, unique=True)
    folded_number = models.CharField(max_length=60, editable=False, db_index=True, default="")
    standard = models.CharField(_("standard"), max_length=16, choices=Standard)
    scheme = models.CharField(
        _("scheme"),
        max_length=80,
        blank=True,
        help_text=_("By which rules, where a standard has several: of organic certificates."),
    )
    document_kind = models.CharField(
        _("kind of document"),
        max_length=16,
        choices=DocumentKind,
        default=DocumentKind.CERTIFICATE,
    )
    authority = models.CharField(_("issuing authority"), max_length=200)
    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        related_name="certificates",
        verbose_name=_("holder"),
    )
    species = models.ManyToManyField(
        "catalogue.Species", related_name="certificates", verbose_name=_("species")
    )
    areas = models.ManyToManyField(
        GrowingArea, blank=True, related_name="certificates", verbose_name=_("growing areas")
    )
    activity = models.CharField(
        _("activity"), max_length=16, choices=Activity, default=Activity.CULTIVATION
    )
    species_as_printed = models.CharField(
        _("species as printed"), max_length=300, blank=True, help_text=_("Word for word.")
    )
    part = models.ForeignKey(
        "catalogue.Part",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("part used"),
    )
    first_issued_on = models.DateField(_("first issued on"), null=True, blank=True)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(
        _("valid to"), help_text=_("The last day of validity, as printed on the certificate.")
    )

    source_url = models.URLField(_("where the authority shows it"), max_length=300, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("issued_on")), name="certificate_ends_after_issue"
            ),
            models.CheckConstraint(
                condition=Q(first_issued_on__isnull=True) | Q(first_issued_on__lte=F("issued_on")),
                name="certificate_is_first_issued_first",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=Decision.values), name="certificate_decision_is_known"
            ),
        ]

    def __str__(self):
        return f"{self.get_standard_display()} {self.number}"

    def save(self, *args, **kwargs):
        self.folded_number = bare(self.number)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("catalogue:certificate_detail", args=[self.number])

    def state_on(self, day: date) -> "Certificate.State":
        """Return what the certificate is on a day, from its decision and its printed dates."""
        if self.decision in UNDER_REVIEW:
            return self.State.DRAFT
        if not self.is_accepted:
            return self.State(self.decision)
        if day > self.expires_on:
            return self.State.EXPIRED
        if day < self.issued_on:
            return self.State.DRAFT
        if (self.expires_on - day).days <= self.DUE_DAYS:
            return self.State.DUE
        return self.State.VALID

    @property
    def state(self) -> "Certificate.State":
        """What the certificate is today."""
        return self.state_on(timezone.localdate())

    @property
    def is_valid(self) -> bool:
        """Whether the paper holds today; a certificate due for renewal still does."""
        return self.state in (self.State.VALID, self.State.DUE)

    @property
    def is_proof(self) -> bool:
        """Whether it proves anything today; the mirror of Certificate.objects.proving().

        One that names growing areas proves nothing while none of their codes is in force.
        """
        if not self.is_valid:
            return False
        areas = self.areas.all()
        return not areas or any(area.is_active for area in areas)
