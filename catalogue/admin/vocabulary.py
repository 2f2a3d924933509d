"""The vocabularies behind the records, the works they cite, and the glossary."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.snippets.views.snippets import SnippetViewSet

from catalogue.admin.searching import FoundChooserViewSet, FoundIndexView, VocabularyViewSet
from catalogue.models import (
    Commune,
    Compound,
    Family,
    GlossaryEntry,
    HigherTaxon,
    Language,
    Part,
    PreparationForm,
    Reference,
    StrategicGroup,
    Trait,
)
from core.text import fold


class TermIndexView(FoundIndexView):
    """A vocabulary with its words in the editor's language, read with the list."""

    def get_base_queryset(self):
        return self.model.objects.labelled()


class TermViewSet(VocabularyViewSet):
    index_view_class = TermIndexView
    icon = "list-ul"
    list_display = ["code", "label", "position"]


class FamilyViewSet(TermViewSet):
    model = Family
    list_display = ["name", "label", "order"]
    list_filter = ["order"]
    search_fields = ["name", "labels__text"]


class HigherTaxonViewSet(TermViewSet):
    model = HigherTaxon
    list_display = ["name", "rank", "label", "parent"]
    list_filter = ["rank"]
    search_fields = ["name", "labels__text"]


class PartViewSet(TermViewSet):
    model = Part


class PreparationFormViewSet(TermViewSet):
    model = PreparationForm


class CompoundViewSet(TermViewSet):
    model = Compound


class StrategicGroupViewSet(TermViewSet):
    model = StrategicGroup


class LanguageViewSet(TermViewSet):
    model = Language
    icon = "globe"
    list_display = ["code", "label", "endonym"]
    search_fields = ["code", "endonym", "labels__text"]


class TraitViewSet(TermViewSet):
    model = Trait
    search_fields = ["code", "labels__text", "states__labels__text"]
    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("position")]),
        InlinePanel(
            "labels",
            [
                FieldPanel("language"),
                FieldPanel("text"),
                FieldPanel("question"),
                FieldPanel("help"),
            ],
            heading=_("The question"),
            label=_("In one language"),
            min_num=1,
        ),
        InlinePanel(
            "states",
            [
                FieldRowPanel([FieldPanel("code"), FieldPanel("position")]),
                InlinePanel(
                    "labels",
                    [FieldRowPanel([FieldPanel("language"), FieldPanel("text")])],
                    label=_("Label"),
                    min_num=1,
                ),
            ],
            heading=_("Answers"),
            label=_("Answer"),
            help_text=_(
                "An answer that a species gives cannot be deleted. Its code stands in exports: "
                "change its words instead."
            ),
        ),
    ]


class ReferenceChooserViewSet(FoundChooserViewSet):
    """A work that is missing can be added while a fact is entered."""

    form_fields = ["code", "kind", "author", "year", "title", "publisher", "url"]


class ReferenceViewSet(VocabularyViewSet):
    model = Reference
    icon = "openquote"
    chooser_viewset_class = ReferenceChooserViewSet
    list_display = ["title", "author", "year", "kind", "code"]
    list_filter = ["kind"]
    search_fields = ["code", "author", "title", "publisher"]


class GlossaryIndexView(FoundIndexView):
    def get_base_queryset(self):
        return GlossaryEntry.objects.prefetch_related("texts")


class GlossaryViewSet(VocabularyViewSet):
    model = GlossaryEntry
    icon = "help"
    index_view_class = GlossaryIndexView
    list_display = ["__str__", "code"]
    search_fields = ["code", "texts__term", "texts__also"]


class CommuneIndexView(FoundIndexView):
    def get_base_queryset(self):
        return Commune.objects.select_related("province")


class CommuneViewSet(SnippetViewSet):
    """The official division comes with the software: it is looked up here, and chosen."""

    model = Commune
    icon = "site"
    index_view_class = CommuneIndexView
    chooser_viewset_class = FoundChooserViewSet
    list_display = ["full_name", "province", "code"]
    list_filter = {"province": ["exact"]}
    search_fields = ["folded_name"]
    copy_view_enabled = False

    def found(self, queryset, text):
        """Keep communes named so; words after a comma name the province: "Sa Pa, Lao Cai"."""
        commune, _comma, province = (part.strip() for part in fold(text).partition(","))
        wanted = Q(folded_name__contains=commune) | Q(code=commune)
        return queryset.filter(wanted, province__folded_name__contains=province)
