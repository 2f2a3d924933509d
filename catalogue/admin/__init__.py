"""How curators, editors and staff work on the museum's records in the Wagtail admin."""

from django.utils.translation import gettext_lazy as _

from wagtail.snippets.views.snippets import SnippetViewSetGroup

from catalogue.admin.development import DevelopmentViewSetGroup
from catalogue.admin.registers import RegistersViewSetGroup
from catalogue.admin.species import SpeciesViewSet
from catalogue.admin.vocabulary import (
    CommuneViewSet,
    CompoundViewSet,
    FamilyViewSet,
    GlossaryViewSet,
    HigherTaxonViewSet,
    LanguageViewSet,
    PartViewSet,
    PreparationFormViewSet,
    ReferenceViewSet,
    StrategicGroupViewSet,
    TraitViewSet,
)

__all__ = [
    "CollectionViewSetGroup",
    "DevelopmentViewSetGroup",
    "RegistersViewSetGroup",
    "VocabularyViewSetGroup",
]


class CollectionViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Collection")
    menu_icon = "doc-full"
    menu_order = 150
    items = (SpeciesViewSet, ReferenceViewSet, GlossaryViewSet)


class VocabularyViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Vocabularies")
    menu_icon = "list-ul"
    menu_order = 155
    items = (
        FamilyViewSet,
        HigherTaxonViewSet,
        PartViewSet,
        PreparationFormViewSet,
        CompoundViewSet,
        TraitViewSet,
        LanguageViewSet,
        StrategicGroupViewSet,
        CommuneViewSet,
    )
