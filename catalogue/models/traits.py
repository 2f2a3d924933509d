"""What is looked at in a plant: questions, their answers, and the answers a species gives."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel

from catalogue.models.vocabulary import Term, TermLabel


class Trait(Term):
    """A question about a plant, as the identification key asks it."""

    panels = [*Term.panels, InlinePanel("states", label=_("Answer"))]

    class Meta(Term.Meta):
        verbose_name = _("trait")
        verbose_name_plural = _("traits")


class TraitLabel(TermLabel):
    """A trait in one language: its name, the question, and where to look."""

    term = ParentalKey(Trait, on_delete=models.CASCADE, related_name="labels")
    question = models.CharField(_("question"), max_length=160)
    help = models.CharField(_("where to look"), max_length=300, blank=True)


class TraitState(Term):
    """An answer to a trait's question; its code is unique within the trait."""

    trait = ParentalKey(Trait, on_delete=models.CASCADE, related_name="states")
    code = models.SlugField(_("code"), max_length=60)

    panels = [FieldPanel("trait"), *Term.panels]

    class Meta(Term.Meta):
        verbose_name = _("trait answer")
        verbose_name_plural = _("trait answers")
        constraints = [
            models.UniqueConstraint(
                fields=["trait", "code"], name="one_answer_per_code_of_a_trait"
            ),
        ]


class TraitStateLabel(TermLabel):
    term = ParentalKey(TraitState, on_delete=models.CASCADE, related_name="labels")


class SpeciesTrait(models.Model):
    """An answer that is true of a species; a plant that varies has several of one trait."""

    species = ParentalKey("catalogue.Species", on_delete=models.CASCADE, related_name="traits")
    state = models.ForeignKey(
        TraitState, on_delete=models.PROTECT, related_name="species", verbose_name=_("answer")
    )

    class Meta:
        verbose_name = _("trait of the species")
        verbose_name_plural = _("traits of the species")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["species", "state"], name="one_row_per_species_answer"),
        ]

    def __str__(self):
        return str(self.state)
