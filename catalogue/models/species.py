"""A species is a record, not a page: drafts, revisions, workflow, and no tree (docs/adr/0002)."""

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from catalogue.querysets import SpeciesQuerySet
from core.languages import LanguageRow, pick
from core.records import Demonstrable, Timestamped
from core.text import fold, nfc

# The interface speaks BCP 47 ("vi"), names are recorded in ISO 639-3 ("vie").
NAME_LANGUAGE = {"vi": "vie", "en": "eng"}


class Reference(models.Model):
    """A work that the collection cites."""

    class Kind(models.TextChoices):
        BOOK = "book", _("book")
        FLORA = "flora", _("flora")
        PHARMACOPOEIA = "pharmacopoeia", _("pharmacopoeia")
        MONOGRAPH = "monograph", _("monograph")
        RED_LIST = "red_list", _("red list")
        DATABASE = "database", _("database")
        REGULATION = "regulation", _("regulation")
        PROGRAMME = "programme", _("programme")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    author = models.CharField(_("author"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    url = models.URLField(_("address"), blank=True)

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ["author", "year"]

    def __str__(self):
        return f"{self.author}, {self.title}"


class Species(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    Demonstrable,
    Timestamped,
    ClusterableModel,
):
    """The museum's record of a taxon. Certificates and lots point here and are never copied in."""

    class Rank(models.TextChoices):
        SPECIES = "species", _("species")
        SUBSPECIES = "subspecies", _("subspecies")
        VARIETY = "variety", _("variety")

    class Trade(models.TextChoices):
        FREE = "free", _("free")
        CULTIVATED = "cultivated", _("only from a coded growing area with a valid certificate")
        CLOSED = "closed", _("not for sale")

    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        help_text=_("Part of the permanent address. It is printed on labels: do not change it."),
    )
    scientific_name = models.CharField(
        _("accepted scientific name"),
        max_length=160,
        unique=True,
        help_text=_("Without the authorship, for example “Cinnamomum cassia”."),
    )
    authorship = models.CharField(_("authorship"), max_length=160, blank=True)
    rank = models.CharField(_("rank"), max_length=16, choices=Rank, default=Rank.SPECIES)
    family = models.ForeignKey(
        "catalogue.Family",
        on_delete=models.PROTECT,
        related_name="species",
        verbose_name=_("family"),
    )
    parts = ParentalManyToManyField(
        "catalogue.Part", blank=True, related_name="species", verbose_name=_("parts used")
    )
    groups = ParentalManyToManyField(
        "catalogue.StrategicGroup",
        blank=True,
        related_name="species",
        verbose_name=_("strategic groups"),
    )
    provinces = ParentalManyToManyField(
        "catalogue.Province", blank=True, related_name="species", verbose_name=_("provinces")
    )
    references = ParentalManyToManyField(
        Reference, blank=True, related_name="species", verbose_name=_("references")
    )
    trade = models.CharField(
        _("trade"),
        max_length=16,
        choices=Trade,
        default=Trade.FREE,
        help_text=_("What the market may list of a protected species."),
    )
    sort_name = models.CharField(max_length=160, editable=False, db_index=True)

    objects = SpeciesQuerySet.as_manager()

    class Meta:
        verbose_name = _("species")
        verbose_name_plural = _("species")
        ordering = ["sort_name"]

    def __str__(self):
        return self.scientific_name

    def save(self, *args, **kwargs):
        self.scientific_name = nfc(self.scientific_name)
        self.sort_name = fold(self.vietnamese_name)[:160]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the permanent address in the reader's language."""
        return reverse("catalogue:species_detail", args=[self.slug])

    def get_preview_template(self, request, mode_name):
        return "catalogue/species_detail.html"

    def get_preview_context(self, request, mode_name):
        from catalogue.contexts import species_context  # the view layer, only for previews

        return species_context(self, request)

    @cached_property
    def title(self) -> str:
        """The name in the reader's language, else in Vietnamese, else the scientific one."""
        name = self.name_in(get_language() or "vi")
        return name.name if name else self.scientific_name

    @property
    def vietnamese_name(self) -> str:
        """The preferred Vietnamese name, else the scientific one."""
        name = self.name_in("vi")
        return name.name if name else self.scientific_name

    def name_in(self, language: str) -> "VernacularName | None":
        """Return the preferred name in an interface language, falling back to Vietnamese."""
        names = list(self.names.all())
        for wanted in (NAME_LANGUAGE.get(language[:2], language), "vie"):
            for name in names:
                if name.language == wanted and name.kind == VernacularName.Kind.VERNACULAR:
                    return name
        return None

    @property
    def text(self) -> "SpeciesText | None":
        """The record's text in the reader's language."""
        return pick(self.texts.all())


class Synonym(Orderable):
    """A scientific name under which the species is also found, pointing at the accepted one."""

    species = ParentalKey(Species, on_delete=models.CASCADE, related_name="synonyms")
    name = models.CharField(_("scientific name"), max_length=160)
    authorship = models.CharField(_("authorship"), max_length=160, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")

    def __str__(self):
        return self.name


class VernacularName(Orderable):
    """A name people use, in one language, with its source. The first of a language is preferred."""

    class Kind(models.TextChoices):
        VERNACULAR = "vernacular", _("common name")
        TRADE = "trade", _("trade name")
        DRUG = "drug", _("drug name")
        PHARMACEUTICAL = "pharmaceutical", _("pharmaceutical name")

    species = ParentalKey(Species, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=120)
    folded_name = models.CharField(max_length=120, editable=False, db_index=True)
    language = models.CharField(
        _("language"),
        max_length=3,
        help_text=_("ISO 639-3 code, for example vie, eng, lat, ium (Iu Mien), mww (Hmong Daw)."),
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.VERNACULAR)
    source = models.ForeignKey(
        Reference, on_delete=models.PROTECT, related_name="names", verbose_name=_("source")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("name")
        verbose_name_plural = _("names")

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.name = nfc(self.name)
        self.folded_name = fold(self.name)[:120]
        super().save(*args, **kwargs)

    @property
    def bcp47(self) -> str:
        """The language as a browser knows it, for the `lang` attribute."""
        return {"vie": "vi", "eng": "en", "lat": "la", "zho": "zh"}.get(
            self.language, self.language
        )


class SpeciesText(LanguageRow):
    """What the record says in one language."""

    species = ParentalKey(Species, on_delete=models.CASCADE, related_name="texts")
    description = models.TextField(_("description"))
    habitat = models.TextField(_("habitat"), blank=True)
    cautions = models.TextField(
        _("cautions"),
        blank=True,
        help_text=_("Shown before anything else that is said of the plant."),
    )
    look_alikes = models.TextField(
        _("how to tell look-alikes apart"),
        blank=True,
        help_text=_("Say what differs, and which plant is poisonous."),
    )

    class Meta(LanguageRow.Meta):
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        constraints = [
            models.UniqueConstraint(
                fields=["species", "language"], name="one_species_text_per_language"
            ),
        ]

    def __str__(self):
        return self.description[:80]


class LookAlike(Orderable):
    """A plant that is taken for this one."""

    species = ParentalKey(Species, on_delete=models.CASCADE, related_name="look_alikes")
    scientific_name = models.CharField(_("scientific name"), max_length=160)
    authorship = models.CharField(_("authorship"), max_length=160, blank=True)
    vernacular = models.CharField(_("Vietnamese name"), max_length=120, blank=True)
    is_toxic = models.BooleanField(_("poisonous"), default=False)

    class Meta(Orderable.Meta):
        verbose_name = _("look-alike")
        verbose_name_plural = _("look-alikes")

    def __str__(self):
        return self.scientific_name
