"""The traits of a species in its form: the answers to each question, to be ticked."""

from functools import partial

from django import forms
from django.core.exceptions import ValidationError

from wagtail.admin import compare
from wagtail.admin.panels import FieldPanel

from catalogue.models import Species, SpeciesTrait, Trait
from catalogue.querysets import labelled


class TraitsWidget(forms.CheckboxSelectMultiple):
    """Ticks, one group for each trait."""

    template_name = "catalogue/admin/traits_widget.html"
    use_fieldset = True


class TraitsField(forms.MultipleChoiceField):
    """The answers that are true of a species, as their primary keys."""

    widget = TraitsWidget

    def load(self) -> None:
        """Offer the answers of the vocabulary, trait by trait."""
        traits = Trait.objects.labelled().prefetch_related(labelled("states", "TraitState"))
        self.choices = [
            (trait.label, [(state.pk, state.label) for state in trait.states.all()])
            for trait in traits
        ]

    def to_python(self, value):
        try:
            return [int(key) for key in value or ()]
        except (TypeError, ValueError) as error:
            raise ValidationError(self.error_messages["invalid_list"]) from error


def answers(species: Species) -> list[int]:
    """Return the primary keys of the answers that a record, stored or a draft, gives."""
    return [row.state_id for row in species.traits.all()]


def answer(species: Species, states: list[int]) -> None:
    """Let a record give these answers and no others; they are stored when the record is."""
    given = {row.state_id: row for row in species.traits.all()}
    species.traits = [given.get(state) or SpeciesTrait(state_id=state) for state in states]


class TraitsPanel(FieldPanel):
    """Shows the field; compares revisions by the rows behind it."""

    class BoundPanel(FieldPanel.BoundPanel):
        def get_comparison(self):
            state = SpeciesTrait._meta.get_field("state")
            return [
                partial(
                    compare.ChildRelationComparison,
                    Species._meta.get_field("traits"),
                    [partial(compare.ForeignObjectComparison, state)],
                    label=self.panel.heading,
                )
            ]
