"""The glossary: words a visitor may not know, linked from the texts of the records."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel

from core.languages import LanguageRow, pick


class GlossaryEntry(ClusterableModel):
    """One concept, with its word and explanation per language."""

    code = models.SlugField(_("code"), max_length=60, unique=True)

    panels = [FieldPanel("code"), InlinePanel("texts", label=_("In one language"), min_num=1)]

    class Meta:
        verbose_name = _("glossary entry")
        verbose_name_plural = _("glossary")
        ordering = ["code"]

    def __str__(self):
        row = pick(self.texts.all())
        return row.term if row else self.code

    def get_absolute_url(self) -> str:
        """Return the address of the entry in the glossary, in the reader's language."""
        return f"{reverse('catalogue:glossary')}#{self.code}"


class GlossaryText(LanguageRow):
    """A glossary entry in one language."""

    entry = ParentalKey(GlossaryEntry, on_delete=models.CASCADE, related_name="texts")
    term = models.CharField(_("word"), max_length=80)
    also = models.CharField(
        _("other forms"),
        max_length=200,
        blank=True,
        help_text=_("Other forms in which the word stands in texts, apart by commas."),
    )
    definition = models.TextField(_("explanation"))

    class Meta(LanguageRow.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "language"], name="one_glossary_text_per_language"
            ),
        ]

    def __str__(self):
        return self.term

    @property
    def forms(self) -> list[str]:
        """The word and its other forms, as they stand in texts."""
        return [self.term, *(form for part in self.also.split(",") if (form := part.strip()))]
