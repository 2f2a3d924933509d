"""What the record says of a species in structured facts, each with its source."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from catalogue import conservation
from catalogue.models.references import Sourced
from catalogue.querysets import SeasonQuerySet
from core.text import nfc

MONTH = [MinValueValidator(1), MaxValueValidator(12)]


class Preparation(Orderable, Sourced):
    """A form in which a part of the species is prepared or sold."""

    species = ParentalKey(
        "catalogue.Species", on_delete=models.CASCADE, related_name="preparations"
    )
    part = models.ForeignKey(
        "catalogue.Part", on_delete=models.PROTECT, related_name="+", verbose_name=_("part used")
    )
    form = models.ForeignKey(
        "catalogue.PreparationForm",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("form"),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("preparation")
        verbose_name_plural = _("preparations")
        constraints = [
            models.UniqueConstraint(
                fields=["species", "part", "form"], name="one_row_per_prepared_part"
            ),
        ]

    def __str__(self):
        return f"{self.part}: {self.form}"


class Marker(Orderable, Sourced):
    """A compound of a part, with a pharmacopoeia's limit; empty when not known from print."""

    class Bound(models.TextChoices):
        AT_LEAST = "min", _("at least")
        AT_MOST = "max", _("at most")

    class Basis(models.TextChoices):
        DRIED = "dried", _("on the dried drug")
        ANHYDROUS = "anhydrous", _("on the anhydrous drug")
        AS_IS = "as_is", _("on the drug as it is")

    species = ParentalKey("catalogue.Species", on_delete=models.CASCADE, related_name="markers")
    part = models.ForeignKey(
        "catalogue.Part", on_delete=models.PROTECT, related_name="+", verbose_name=_("part used")
    )
    compound = models.ForeignKey(
        "catalogue.Compound",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("compound"),
    )
    bound = models.CharField(_("limit"), max_length=8, choices=Bound, blank=True)
    limit = models.DecimalField(
        _("value"),
        max_digits=9,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_(
            "Only as printed in the pharmacopoeia. Leave empty what you have not read there."
        ),
    )
    unit = models.CharField(
        _("unit"), max_length=16, blank=True, help_text=_("As printed: %, mg/g.")
    )
    basis = models.CharField(_("basis"), max_length=16, choices=Basis, blank=True)
    edition = models.CharField(
        _("pharmacopoeia and edition"), max_length=80, blank=True, help_text=_("As printed.")
    )
    method = models.CharField(_("method"), max_length=80, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("compound of the species")
        verbose_name_plural = _("compounds of the species")
        constraints = [
            models.UniqueConstraint(
                fields=["species", "part", "compound", "edition"], name="one_limit_per_edition"
            ),
            models.CheckConstraint(
                condition=Q(limit__isnull=True, bound="", unit="", basis="", edition="", method="")
                | (Q(limit__gte=0) & ~Q(bound="") & ~Q(unit="") & ~Q(basis="") & ~Q(edition="")),
                name="a_limit_says_its_unit_basis_and_edition",
                violation_error_message=_(
                    "A limit needs its direction, unit, basis and edition; without a value leave "
                    "them all empty."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.compound} ({self.part})"


class Season(Orderable, Sourced):
    """Months in which something happens, from the first to the last; 11 to 2 runs over new year."""

    class Kind(models.TextChoices):
        FLOWERING = "flowering", _("flowering")
        FRUITING = "fruiting", _("fruiting")
        HARVEST = "harvest", _("harvest")

    species = ParentalKey("catalogue.Species", on_delete=models.CASCADE, related_name="seasons")
    kind = models.CharField(_("what"), max_length=16, choices=Kind)
    part = models.ForeignKey(
        "catalogue.Part",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("part harvested"),
    )
    first_month = models.PositiveSmallIntegerField(_("first month"), validators=MONTH)
    last_month = models.PositiveSmallIntegerField(_("last month"), validators=MONTH)

    objects = SeasonQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = _("season")
        verbose_name_plural = _("seasons")
        constraints = [
            models.CheckConstraint(
                condition=Q(first_month__range=(1, 12), last_month__range=(1, 12)),
                name="a_season_is_of_months",
            ),
            models.CheckConstraint(
                condition=Q(part__isnull=True) | Q(kind="harvest"),
                name="only_a_harvest_names_a_part",
                violation_error_message=_("Only a harvest names a part."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.first_month}–{self.last_month}"

    @property
    def months(self) -> list[int]:
        """The months of the season in their order, also over new year."""
        span = (self.last_month - self.first_month) % 12 + 1
        return [(self.first_month - 1 + n) % 12 + 1 for n in range(span)]


class Distribution(Orderable, Sourced):
    """A place in which the species occurs: of the official division, or an area of the world."""

    class Status(models.TextChoices):
        PRESENT = "present", _("present")
        COMMON = "common", _("common")
        RARE = "rare", _("rare")
        DOUBTFUL = "doubtful", _("doubtful")
        EXTIRPATED = "extirpated", _("no longer found")

    class Means(models.TextChoices):
        NATIVE = "native", _("native")
        CULTIVATED = "cultivated", _("cultivated")
        NATURALISED = "naturalised", _("naturalised")
        UNCERTAIN = "uncertain", _("origin uncertain")

    species = ParentalKey(
        "catalogue.Species", on_delete=models.CASCADE, related_name="distribution"
    )
    province = models.ForeignKey(
        "catalogue.Province",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="distribution",
        verbose_name=_("province"),
    )
    commune = models.ForeignKey(
        "catalogue.Commune",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="distribution",
        verbose_name=_("commune"),
    )
    area_code = models.CharField(
        _("area of the world"),
        max_length=3,
        blank=True,
        help_text=_("WGSRPD code of level 3, for example CHC for south-central China."),
    )
    status = models.CharField(
        _("occurrence"), max_length=16, choices=Status, default=Status.PRESENT
    )
    means = models.CharField(
        _("how it came there"), max_length=16, choices=Means, default=Means.NATIVE
    )

    class Meta(Orderable.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("distribution")
        constraints = [
            models.CheckConstraint(
                condition=Q(province__isnull=False, area_code="")
                | (Q(province__isnull=True, commune__isnull=True) & ~Q(area_code="")),
                name="a_place_is_a_province_or_an_area",
                violation_error_message=_("Name a province, or an area of the world, not both."),
            ),
            models.UniqueConstraint(
                fields=["species", "province"],
                condition=Q(commune__isnull=True, province__isnull=False),
                name="one_row_per_species_province",
            ),
            models.UniqueConstraint(
                fields=["species", "commune"],
                condition=Q(commune__isnull=False),
                name="one_row_per_species_commune",
            ),
            models.UniqueConstraint(
                fields=["species", "area_code"],
                condition=~Q(area_code=""),
                name="one_row_per_species_area",
            ),
        ]

    def __str__(self):
        return str(self.commune or self.province or self.area_code)

    def clean(self):
        if self.commune and self.commune.province_id != self.province_id:
            raise ValidationError({"commune": _("The commune lies in another province.")})


class ConservationStatus(Orderable, Sourced):
    """How an authority lists the species, in one edition of its list."""

    class Authority(models.TextChoices):
        IUCN = "iucn", _("IUCN Red List")
        RED_BOOK = "red_book", _("Vietnam Red Data Book")
        DECREE = "decree", _("government decree")
        CITES = "cites", "CITES"

    class Scope(models.TextChoices):
        GLOBAL = "global", _("worldwide")
        NATIONAL = "national", _("in Vietnam")

    species = ParentalKey(
        "catalogue.Species", on_delete=models.CASCADE, related_name="conservation"
    )
    authority = models.CharField(_("authority"), max_length=16, choices=Authority)
    edition = models.CharField(
        _("edition"), max_length=40, help_text=_("Edition or number of the list, as printed.")
    )
    category = models.CharField(
        _("category"),
        max_length=8,
        help_text=_("In the words of that edition: CR, EN, VU … ; IA, IIA; I, II, III."),
    )
    criteria = models.CharField(_("criteria"), max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(_("year of assessment"), null=True, blank=True)
    scope = models.CharField(_("scope"), max_length=16, choices=Scope)
    name_as_assessed = models.CharField(
        _("name as assessed"),
        max_length=160,
        blank=True,
        help_text=_("The name in the list, when it is another one than the accepted name."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("conservation status")
        verbose_name_plural = _("conservation status")
        constraints = [
            models.UniqueConstraint(
                fields=["species", "authority", "edition", "scope", "name_as_assessed"],
                name="one_status_per_edition",
            ),
        ]

    def __str__(self):
        return f"{self.get_authority_display()} {self.edition}: {self.category}"

    def clean(self):
        known = conservation.CATEGORIES.get(self.authority, {})
        if self.authority and self.category not in known:
            raise ValidationError(
                {
                    "category": _("This authority has these categories: %(known)s.")
                    % {"known": ", ".join(known)}
                }
            )

    @property
    def category_label(self) -> str:
        """What the category means, in the reader's language."""
        return str(conservation.CATEGORIES[self.authority].get(self.category, self.category))


class LookAlike(Orderable):
    """A plant that is taken for this one: a record of the collection, or one known by its name."""

    species = ParentalKey("catalogue.Species", on_delete=models.CASCADE, related_name="look_alikes")
    other = models.ForeignKey(
        "catalogue.Species",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="taken_for",
        verbose_name=_("record in the collection"),
        help_text=_("If the plant has a record here, choose it: then each page names the other."),
    )
    scientific_name = models.CharField(_("scientific name"), max_length=160)
    authorship = models.CharField(_("authorship"), max_length=160, blank=True)
    vernacular = models.CharField(_("Vietnamese name"), max_length=120, blank=True)
    is_toxic = models.BooleanField(_("poisonous"), default=False)

    class Meta(Orderable.Meta):
        verbose_name = _("look-alike")
        verbose_name_plural = _("look-alikes")
        constraints = [
            models.CheckConstraint(
                condition=Q(other__isnull=True) | ~Q(other=F("species")),
                name="no_plant_is_taken_for_itself",
            ),
        ]

    def __str__(self):
        return self.scientific_name

    def save(self, *args, **kwargs):
        self.prepare()
        super().save(*args, **kwargs)

    def prepare(self) -> None:
        """Bring the name into the form that is compared; save() and imports ask for it."""
        self.scientific_name = nfc(self.scientific_name)


class Figure(Orderable):
    """A file that shows the species; photographs come before the drawn plate."""

    species = ParentalKey("catalogue.Species", on_delete=models.CASCADE, related_name="figures")
    image = models.ForeignKey(
        "media.MuseumImage",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="figures",
        verbose_name=_("image"),
    )
    file = models.ForeignKey(
        "media.MediaFile",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="figures",
        verbose_name=_("recording, video or model"),
    )
    document = models.ForeignKey(
        "media.MuseumDocument",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="figures",
        verbose_name=_("document"),
    )
    part = models.ForeignKey(
        "catalogue.Part",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("part shown"),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("figure")
        verbose_name_plural = _("images, recordings and documents")
        constraints = [
            models.CheckConstraint(
                condition=Q(image__isnull=False, file__isnull=True, document__isnull=True)
                | Q(image__isnull=True, file__isnull=False, document__isnull=True)
                | Q(image__isnull=True, file__isnull=True, document__isnull=False),
                name="a_figure_is_one_file",
                violation_error_message=_("Choose one file in each row."),
            ),
        ]

    def __str__(self):
        return str(self.image or self.file or self.document)
