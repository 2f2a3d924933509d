"""Controlled words: families, parts used and strategic groups, labelled in each language."""

from django.db import models
from django.utils.translation import gettext_lazy as _

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


class Family(Term):
    """A plant family; its code is the folded scientific name."""

    name = models.CharField(_("scientific name"), max_length=60, unique=True)

    panels = [FieldPanel("name"), *Term.panels]

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
