"""Certificates: who may say that what grows where meets which standard, and until when."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.decisions import UNDER_REVIEW, Decision
from catalogue.models.decisions import Decided
from catalogue.querysets import CertificateQuerySet
from catalogue.scans import check_scan, unguessable
from core.records import Demonstrable, Timestamped
from core.text import bare


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
        "catalogue.Establishment",
        on_delete=models.PROTECT,
        related_name="certificates",
        verbose_name=_("holder"),
    )
    species = models.ManyToManyField(
        "catalogue.Species", related_name="certificates", verbose_name=_("species")
    )
    areas = models.ManyToManyField(
        "catalogue.GrowingArea",
        blank=True,
        related_name="certificates",
        verbose_name=_("growing areas"),
    )
    certified_m2 = models.PositiveBigIntegerField(
        _("area as printed (m²)"),
        null=True,
        blank=True,
        help_text=_("Of all growing areas together; empty where the paper names none."),
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
    scan = models.FileField(
        _("scan"),
        upload_to=unguessable,
        blank=True,
        validators=[check_scan],
        help_text=_("The whole paper as PDF. Only staff can open it."),
    )
    public_scan = models.FileField(
        _("scan for the public"),
        upload_to=unguessable,
        blank=True,
        validators=[check_scan],
        help_text=_(
            "Another PDF of it, for everybody, without signatures, addresses and numbers of "
            "persons. Scan a paper copy on which they are blacked out: what is only covered on "
            "the screen can still be read."
        ),
    )

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
            models.CheckConstraint(
                condition=Q(certified_m2__isnull=True) | Q(certified_m2__gt=0),
                name="certificate_covers_some_land",
            ),
        ]

    def __str__(self):
        return f"{self.get_standard_display()} {self.number}"

    def save(self, *args, **kwargs):
        self.folded_number = bare(self.number)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("catalogue:certificate_detail", args=[self.number])

    @property
    def scan_url(self) -> str:
        """The address of the scan for everybody."""
        return reverse("catalogue:certificate_scan", args=[self.number])

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
