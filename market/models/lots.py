"""The lot: the thing sold. What is left of it is a cached sum of its ledger (docs/adr/0003)."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.languages import LanguageRow, pick
from core.records import Demonstrable, Timestamped
from market.querysets import LotProofQuerySet, LotQuerySet


class Lot(Demonstrable, Timestamped):
    """Kilograms of one harvest of one species, part and form, from one seller."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("on sale")
        PAUSED = "paused", _("paused")
        CLOSED = "closed", _("closed")

    class Form(models.TextChoices):
        DRIED_WHOLE = "dried_whole", _("dried, whole")
        DRIED_CUT = "dried_cut", _("dried, cut")
        POWDER = "powder", _("powder")
        OIL = "oil", _("oil")
        FRESH = "fresh", _("fresh")
        SEED = "seed", _("seed")
        SEEDLING = "seedling", _("seedling")

    class Grade(models.TextChoices):
        A = "a", _("grade A")
        B = "b", _("grade B")
        C = "c", _("grade C")

    code = models.CharField(
        _("lot code"),
        max_length=20,  # GS1 AI 10 holds at most 20 characters
        unique=True,
        validators=[RegexValidator(r"^[A-Z0-9-]+$", _("Use capital letters, digits and hyphens."))],
    )
    token = models.UUIDField(
        unique=True,
        null=True,
        editable=False,
        help_text="Names the form that was sent: sent twice, one lot.",
    )
    seller = models.ForeignKey(
        "market.Seller", on_delete=models.PROTECT, related_name="lots", verbose_name=_("seller")
    )
    species = models.ForeignKey(
        "catalogue.Species",
        on_delete=models.PROTECT,
        related_name="lots",
        verbose_name=_("species"),
    )
    part = models.ForeignKey(
        "catalogue.Part", on_delete=models.PROTECT, related_name="lots", verbose_name=_("part used")
    )
    form = models.CharField(_("form"), max_length=16, choices=Form)
    grade = models.CharField(_("grade"), max_length=1, choices=Grade, blank=True)
    harvested_on = models.DateField(_("harvested on"))
    areas = models.ManyToManyField(
        "catalogue.GrowingArea", blank=True, related_name="lots", verbose_name=_("growing areas")
    )
    certificates = models.ManyToManyField(
        "catalogue.Certificate",
        blank=True,
        through="market.LotProof",
        related_name="lots",
        verbose_name=_("certificates"),
    )
    listed_grams = models.PositiveBigIntegerField(_("listed (g)"), default=0, editable=False)
    available_grams = models.PositiveBigIntegerField(_("left (g)"), default=0, editable=False)
    price_minor_per_kg = models.PositiveBigIntegerField(_("price per kilogram (minor units)"))
    currency = models.CharField(_("currency"), max_length=3, default="VND")
    minimum_grams = models.PositiveBigIntegerField(_("smallest order (g)"), default=1000)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.DRAFT)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)

    objects = LotQuerySet.as_manager()

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        ordering = ["-published_at", "-pk"]
        indexes = [models.Index(fields=["state", "-published_at"], name="lot_open_newest")]
        constraints = [
            # PositiveBigIntegerField checks >= 0 on SQLite and PostgreSQL; said again by name,
            # because this is the line that stops an oversold lot.
            models.CheckConstraint(
                condition=Q(available_grams__gte=0, available_grams__lte=F("listed_grams")),
                name="lot_never_oversold",
            ),
            models.CheckConstraint(condition=Q(price_minor_per_kg__gt=0), name="lot_has_a_price"),
            models.CheckConstraint(condition=Q(minimum_grams__gt=0), name="lot_has_a_minimum"),
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("market:lot_detail", args=[self.code])

    @property
    def note(self) -> str:
        """What the seller says of the lot, in the reader's language."""
        row = pick(self.texts.all())
        return row.note if row else ""

    @property
    def valid_certificates(self) -> list:
        """Certificates of the lot that hold today: the badges it may show, never typed."""
        return [proof.certificate for proof in self.proofs.all() if proof.holds]

    @property
    def lapsed_certificates(self) -> list:
        """Certificates the lot was listed with that prove nothing of it today."""
        return [proof.certificate for proof in self.proofs.all() if not proof.holds]

    @property
    def ocop_stars(self) -> int | None:
        """The most stars that its seller's products of this species have today, if any."""
        if hasattr(self, "most_ocop_stars"):
            return self.most_ocop_stars
        products = self.seller.establishment.ocop_products.valid()
        return products.filter(species=self.species_id).aggregate(most=Max("stars"))["most"]

    @property
    def smallest_order_grams(self) -> int:
        """The least a buyer may order now: the minimum, or all of a smaller remainder."""
        return min(self.minimum_grams, self.available_grams)


class LotProof(models.Model):
    """A certificate a lot was listed with."""

    lot = models.ForeignKey(Lot, on_delete=models.CASCADE, related_name="proofs")
    certificate = models.ForeignKey(
        "catalogue.Certificate", on_delete=models.PROTECT, related_name="proofs"
    )

    objects = LotProofQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate of a lot")
        verbose_name_plural = _("certificates of a lot")
        ordering = ["certificate__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["lot", "certificate"], name="one_proof_per_certificate"
            ),
        ]

    def __str__(self):
        return f"{self.lot} – {self.certificate}"

    @property
    def holds(self) -> bool:
        """Whether the certificate is valid today and covers the lot's species.

        It proves nothing of a lot while the code of one of the lot's growing areas is not in force.
        """
        if not self.certificate.is_valid:
            return False
        if hasattr(self, "covers_species"):
            return self.covers_species and not self.is_of_stopped_area
        covers = self.certificate.species.filter(pk=self.lot.species_id).exists()
        return covers and not self.lot.areas.not_active().exists()


class LotText(LanguageRow):
    """A seller's note on a lot in one language."""

    lot = models.ForeignKey(Lot, on_delete=models.CASCADE, related_name="texts")
    note = models.TextField(_("note"))

    class Meta(LanguageRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["lot", "language"], name="one_lot_text_per_language"),
        ]

    def __str__(self):
        return self.note[:80]
