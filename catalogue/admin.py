"""How curators and staff edit the museum's records in the Wagtail admin."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PublishingPanel
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from catalogue.models import (
    Certificate,
    Establishment,
    Family,
    GrowingArea,
    Part,
    Reference,
    Species,
    StrategicGroup,
)


class SpeciesViewSet(SnippetViewSet):
    model = Species
    icon = "doc-full"
    list_display = ["scientific_name", "vietnamese_name", "family", "live", "is_demonstration"]
    list_filter = ["family", "live", "is_demonstration"]
    search_fields = ["scientific_name", "names__name", "names__folded_name"]
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("scientific_name"),
                FieldPanel("authorship"),
                FieldPanel("rank"),
                FieldPanel("family"),
                InlinePanel("synonyms", heading=_("Synonyms"), label=_("Synonym")),
            ],
            heading=_("Scientific name"),
        ),
        InlinePanel(
            "names",
            heading=_("Names people use"),
            label=_("Name"),
            help_text=_("The first name of a language is the preferred one."),
        ),
        InlinePanel("texts", heading=_("Texts"), label=_("Text in one language")),
        InlinePanel("look_alikes", heading=_("Look-alikes"), label=_("Look-alike")),
        MultiFieldPanel(
            [
                FieldPanel("parts"),
                FieldPanel("groups"),
                FieldPanel("references"),
            ],
            heading=_("Use, place and sources"),
        ),
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("trade"), FieldPanel("is_demonstration")],
            heading=_("Record"),
        ),
        PublishingPanel(),
    ]

    def get_queryset(self, request):
        # A search by name joins the names; without this a species is listed once per name.
        return Species.objects.distinct()


class ReferenceViewSet(SnippetViewSet):
    model = Reference
    icon = "openquote"
    list_display = ["author", "year", "title", "kind"]
    list_filter = ["kind"]
    search_fields = ["author", "title"]


class FamilyViewSet(SnippetViewSet):
    model = Family
    icon = "list-ul"
    list_display = ["name", "label"]
    search_fields = ["name"]


class PartViewSet(SnippetViewSet):
    model = Part
    icon = "list-ul"
    list_display = ["code", "label"]


class StrategicGroupViewSet(SnippetViewSet):
    model = StrategicGroup
    icon = "list-ul"
    list_display = ["code", "label"]


class MuseumViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Collection")
    menu_icon = "doc-full"
    menu_order = 150
    items = (
        SpeciesViewSet,
        ReferenceViewSet,
        FamilyViewSet,
        PartViewSet,
        StrategicGroupViewSet,
    )


class EstablishmentViewSet(SnippetViewSet):
    model = Establishment
    icon = "group"
    list_display = ["name", "kind", "commune"]
    list_filter = ["kind"]
    search_fields = ["name"]


class GrowingAreaViewSet(SnippetViewSet):
    model = GrowingArea
    icon = "site"
    list_display = ["code", "name", "establishment", "state"]
    list_filter = ["state"]
    search_fields = ["code", "name"]


class CertificateViewSet(SnippetViewSet):
    model = Certificate
    icon = "tick-inverse"
    list_display = ["number", "standard", "establishment", "expires_on", "state"]
    list_filter = ["standard", "decision"]
    search_fields = ["number"]


class RegistersViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Registers")
    menu_icon = "clipboard-list"
    menu_order = 160
    items = (EstablishmentViewSet, GrowingAreaViewSet, CertificateViewSet)
