"""Who sells and who buys: organisations, with people as their members."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.languages import LanguageRow, pick
from core.records import Demonstrable, Timestamped
from market.querysets import BuyerQuerySet, SellerQuerySet


class Membership(models.Model):
    """A person's place in an organisation."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="%(class)ss"
    )

    class Meta:
        abstract = True


class Seller(Demonstrable, Timestamped):
    """An establishment that sells on the market once staff have vetted it."""

    class Vetting(models.TextChoices):
        PENDING = "pending", _("waiting for vetting")
        ACCEPTED = "accepted", _("vetted")
        SUSPENDED = "suspended", _("suspended")

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    establishment = models.OneToOneField(
        "catalogue.Establishment", on_delete=models.PROTECT, related_name="seller"
    )
    vetting = models.CharField(
        _("vetting"), max_length=16, choices=Vetting, default=Vetting.PENDING
    )

    objects = SellerQuerySet.as_manager()

    class Meta:
        verbose_name = _("seller")
        verbose_name_plural = _("sellers")
        ordering = ["slug"]

    def __str__(self):
        return self.establishment.name

    def get_absolute_url(self) -> str:
        return reverse("market:seller_detail", args=[self.slug])

    @property
    def about(self) -> str:
        """What the seller says of itself, in the reader's language."""
        row = pick(self.texts.all())
        return row.about if row else ""


class SellerText(LanguageRow):
    """A seller's words about itself in one language."""

    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, related_name="texts")
    about = models.TextField(_("about"))

    class Meta(LanguageRow.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["seller", "language"], name="one_seller_text_per_language"
            ),
        ]

    def __str__(self):
        return self.about[:80]


class SellerMember(Membership):
    """A person who works for a seller."""

    seller = models.ForeignKey(Seller, on_delete=models.CASCADE, related_name="members")

    class Meta:
        verbose_name = _("member of a seller")
        verbose_name_plural = _("members of sellers")
        constraints = [
            models.UniqueConstraint(fields=["seller", "person"], name="one_seat_per_seller"),
        ]

    def __str__(self):
        return f"{self.person} – {self.seller}"


class Buyer(Demonstrable, Timestamped):
    """An organisation that buys."""

    class Kind(models.TextChoices):
        PHARMA = "pharma", _("pharmaceutical company")
        EXPORTER = "exporter", _("exporter")
        DISTRIBUTOR = "distributor", _("distributor")
        OTHER = "other", _("other")

    name = models.CharField(_("name of the organisation"), max_length=200)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.OTHER)

    objects = BuyerQuerySet.as_manager()

    class Meta:
        verbose_name = _("buyer")
        verbose_name_plural = _("buyers")
        ordering = ["name"]

    def __str__(self):
        return self.name


class BuyerMember(Membership):
    """A person who buys for an organisation."""

    buyer = models.ForeignKey(Buyer, on_delete=models.CASCADE, related_name="members")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["buyer", "person"], name="one_seat_per_buyer"),
        ]

    def __str__(self):
        return f"{self.person} – {self.buyer}"
