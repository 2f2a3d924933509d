"""What the programmes build, and the people and households behind establishments."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from catalogue.models import (
    Facility,
    Household,
    LinkageChain,
    Project,
    ProtectedName,
    ResponsiblePerson,
)


class HouseholdViewSet(SnippetViewSet):
    model = Household
    icon = "home"
    list_display = ["name", "establishment", "commune", "area_m2"]
    list_filter = ["establishment"]
    search_fields = ["name", "contract"]


class ResponsiblePersonViewSet(SnippetViewSet):
    model = ResponsiblePerson
    icon = "user"
    list_display = ["name", "title", "establishment"]
    list_filter = ["establishment"]
    search_fields = ["name"]


class FacilityViewSet(SnippetViewSet):
    model = Facility
    icon = "cogs"
    list_display = ["name", "kind", "commune", "began_on"]
    list_filter = ["kind"]
    search_fields = ["name"]


class LinkageChainViewSet(SnippetViewSet):
    model = LinkageChain
    icon = "link"
    list_display = ["name", "began_on", "ended_on"]
    search_fields = ["name"]


class ProjectViewSet(SnippetViewSet):
    model = Project
    icon = "form"
    list_display = ["name", "kind", "province", "began_on"]
    list_filter = ["kind", "province"]
    search_fields = ["name", "owner"]


class ProtectedNameViewSet(SnippetViewSet):
    model = ProtectedName
    icon = "tag"
    list_display = ["name", "kind", "number", "owner"]
    list_filter = ["kind"]
    search_fields = ["name", "number"]
    panels = [
        FieldPanel("kind"),
        FieldPanel("name"),
        FieldPanel("number"),
        FieldPanel("owner"),
        FieldPanel("registered_on"),
        FieldPanel("species"),
        InlinePanel("licences", label=_("Licensed user")),
        FieldPanel("is_demonstration"),
    ]


class DevelopmentViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Development")
    menu_icon = "site"
    menu_order = 162
    items = (
        FacilityViewSet,
        LinkageChainViewSet,
        ProjectViewSet,
        ProtectedNameViewSet,
        HouseholdViewSet,
        ResponsiblePersonViewSet,
    )
