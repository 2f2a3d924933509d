"""A species is a record, not a page: drafts, revisions, workflow, and no tree (docs/adr/0002)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from catalogue import conservation
from catalogue.models.names import VernacularName
from catalogue.models.texts import SpeciesText
from catalogue.querysets import SpeciesQuerySet
from catalogue.scientific_names import check_name, take_apart
from core.drafts import without_dangling
from core.languages import language_choices, pick
from core.records import Demonstrable, Timestamped
from core.references import indexed_once
from core.text import fold, nfc

# The interface speaks BCP 47 ("vi"), names are recorded in ISO 639-3 ("vie").
NAME_LANGUAGE = {"vi": "vie", "en": "eng"}

# Pages of the collection that stand where a species would: /species/key/ and the like.
RESERVED_SLUGS = frozenset({"a-z", "compare", "key", "tree"})


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
        FORM = "form", pgettext_lazy("rank", "form")

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
    authorship = models.CharField(
        _("authorship"),
        max_length=160,
        blank=True,
        help_text=_(
            "Authors as the code of nomenclature abbreviates them, for example “(L.) J.Presl”."
        ),
    )
    rank = models.CharField(_("rank"), max_length=16, choices=Rank, default=Rank.SPECIES)
    genus = models.CharField(max_length=60, editable=False, db_index=True, default="")
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
    references = ParentalManyToManyField(
        "catalogue.Reference",
        blank=True,
        related_name="species",
        verbose_name=_("references"),
        help_text=_("Works that stand behind the record as a whole. Texts cite them as [^code]."),
    )
    is_toxic = models.BooleanField(
        _("poisonous"),
        default=False,
        help_text=_("Poisonous enough that taking it for another plant is dangerous."),
    )
    elevation_min_m = models.PositiveSmallIntegerField(
        _("lowest elevation (m)"), null=True, blank=True
    )
    elevation_max_m = models.PositiveSmallIntegerField(
        _("highest elevation (m)"), null=True, blank=True
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
        constraints = [
            models.CheckConstraint(
                condition=Q(elevation_min_m__isnull=True, elevation_max_m__isnull=True)
                | Q(elevation_max_m__gte=F("elevation_min_m"), elevation_min_m__isnull=False),
                name="an_elevation_has_two_ends",
                violation_error_message=_(
                    "Give the lowest and the highest elevation, the lower one first."
                ),
            ),
        ]

    def __str__(self):
        return self.scientific_name

    def clean(self):
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": _("A page of the collection has this address.")})
        check_name(self.scientific_name, self.authorship, self.rank, field="scientific_name")
        if self.trade == self.Trade.FREE and conservation.is_strictly_protected(
            self.conservation.all()
        ):
            raise ValidationError(
                {"trade": _("A list of strictly protected species names this one: it is not free.")}
            )

    def save(self, *args, **kwargs):
        self.prepare()
        with indexed_once(self):
            super().save(*args, **kwargs)

    def prepare(self) -> None:
        """Bring what is derived into line with the record; save() and imports ask for it."""
        self.scientific_name = nfc(self.scientific_name)
        self.genus = take_apart(self.scientific_name).genus or self.scientific_name.split()[0]
        self.sort_name = fold(self.vietnamese_name)[:160]
        SpeciesText.follow_source(self.texts.all())

    @classmethod
    def from_serializable_data(cls, data, check_fks=True, strict_fks=False):
        """Read a record from a draft, also when something it names has been deleted since."""
        if check_fks:
            data = without_dangling(cls, data)
        return super().from_serializable_data(data, check_fks=False, strict_fks=strict_fks)

    def get_absolute_url(self) -> str:
        """Return the permanent address in the reader's language."""
        return reverse("catalogue:species_detail", args=[self.slug])

    @property
    def preview_modes(self):
        """An editor previews the record in each language of the site."""
        return language_choices()

    def get_preview_template(self, request, mode_name):
        return "catalogue/species_detail.html"

    def get_preview_context(self, request, mode_name):
        from catalogue.species_page import species_context  # the view layer, only for previews

        return species_context(self, request, is_preview=True)

    def serve_preview(self, request, mode_name):
        """Show the draft in the language of the mode."""
        with override(mode_name or get_language()):
            request.LANGUAGE_CODE = get_language()
            response = super().serve_preview(request, mode_name)
            # Rendered here, while the language of the preview is the active one.
            return response.render() if hasattr(response, "render") else response

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

    @property
    def is_threatened(self) -> bool:
        """Whether a list names it as threatened, so that its exact places are not shown."""
        return conservation.is_threatened(self.conservation.all())

    @property
    def provinces(self) -> list:
        """The provinces it occurs in, in the order of the record."""
        places = (row.province for row in self.distribution.all())
        return list({place.pk: place for place in places if place}.values())


class WithdrawnSpecies(models.Model):
    """A record that was public and is not any more, for those who harvest the collection."""

    slug = models.SlugField(max_length=80, unique=True)
    withdrawn_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["withdrawn_at"]

    def __str__(self):
        return self.slug
