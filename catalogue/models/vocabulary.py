"""Controlled words: ranks above the species, parts, forms, compounds, labelled in each language."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel

from catalogue.querysets import TermQuerySet
from core.languages import LanguageRow, pick


class Term(ClusterableModel):
    """A word of a vocabulary: a permanent code and a label per language."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = TermQuerySet.as_manager()

    panels = [
        FieldPanel("code"),
        FieldPanel("position"),
        InlinePanel("labels", label=_("Label"), min_num=1),
    ]

    class Meta:
        abstract = True
        ordering = ["position", "code"]

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        """The word in the reader's language; the code when nobody has translated it yet."""
        if hasattr(self, "shown_label"):
            return self.shown_label or self.code
        row = pick(self.labels.all())
        return row.text if row else self.code


class TermLabel(LanguageRow):
    """A word of a vocabulary in one language."""

    text = models.CharField(_("label"), max_length=120)

    class Meta(LanguageRow.Meta):
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["term", "language"], name="one_%(class)s_per_language"),
        ]

    def __str__(self):
        return self.text


class HigherTaxon(Term):
    """A taxon above the family, from the kingdom down to the order."""

    class Rank(models.TextChoices):
        KINGDOM = "kingdom", _("kingdom")
        PHYLUM = "phylum", _("phylum")
        CLASS = "class", _("class")
        ORDER = "order", pgettext_lazy("rank", "order")

    name = models.CharField(_("scientific name"), max_length=60, unique=True)
    rank = models.CharField(_("rank"), max_length=16, choices=Rank)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("stands in"),
    )

    panels = [FieldPanel("name"), FieldPanel("rank"), FieldPanel("parent"), *Term.panels]

    class Meta:
        verbose_name = _("higher taxon")
        verbose_name_plural = _("higher taxa")
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rank="kingdom", parent__isnull=True)
                | (~Q(rank="kingdom") & Q(parent__isnull=False)),
                name="only_a_kingdom_stands_in_nothing",
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        ranks = list(self.Rank)
        above = self.parent and self.parent.rank
        if above and ranks.index(self.Rank(above)) >= ranks.index(self.Rank(self.rank)):
            raise ValidationError({"parent": _("A taxon stands in one of a higher rank.")})


class HigherTaxonLabel(TermLabel):
    term = ParentalKey(HigherTaxon, on_delete=models.CASCADE, related_name="labels")


class Family(Term):
    """A plant family; its code is the folded scientific name."""

    name = models.CharField(_("scientific name"), max_length=60, unique=True)
    order = models.ForeignKey(
        HigherTaxon,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="families",
        limit_choices_to={"rank": HigherTaxon.Rank.ORDER},
        verbose_name=pgettext_lazy("rank", "order"),
    )

    panels = [FieldPanel("name"), FieldPanel("order"), *Term.panels]

    class Meta:
        verbose_name = _("family")
        verbose_name_plural = _("families")
        ordering = ["name"]

    def __str__(self):
        return self.name


class FamilyLabel(TermLabel):
    term = ParentalKey(Family, on_delete=models.CASCADE, related_name="labels")


class Part(Term):
    """A part of the plant that is used and sold."""

    class Meta(Term.Meta):
        verbose_name = _("part used")
        verbose_name_plural = _("parts used")


class PartLabel(TermLabel):
    term = ParentalKey(Part, on_delete=models.CASCADE, related_name="labels")


class StrategicGroup(Term):
    """A group in which a provincial programme puts a species."""

    class Meta(Term.Meta):
        verbose_name = _("strategic group")
        verbose_name_plural = _("strategic groups")


class StrategicGroupLabel(TermLabel):
    term = ParentalKey(StrategicGroup, on_delete=models.CASCADE, related_name="labels")


class Language(Term):
    """A language in which names are recorded; its code is ISO 639-3."""

    endonym = models.CharField(
        _("own name"),
        max_length=80,
        blank=True,
        help_text=_("What its speakers call it, if that is known for certain."),
    )

    panels = [FieldPanel("endonym"), *Term.panels]

    class Meta(Term.Meta):
        verbose_name = _("language of names")
        verbose_name_plural = _("languages of names")


class LanguageLabel(TermLabel):
    term = ParentalKey(Language, on_delete=models.CASCADE, related_name="labels")


class PreparationForm(Term):
    """A form in which a part is prepared or sold."""

    class Meta(Term.Meta):
        verbose_name = _("form of preparation")
        verbose_name_plural = _("forms of preparation")


class PreparationFormLabel(TermLabel):
    term = ParentalKey(PreparationForm, on_delete=models.CASCADE, related_name="labels")


class Compound(Term):
    """A substance by which a drug is known or measured."""

    class Meta(Term.Meta):
        verbose_name = _("compound")
        verbose_name_plural = _("compounds")


class CompoundLabel(TermLabel):
    term = ParentalKey(Compound, on_delete=models.CASCADE, related_name="labels")
