"""The registers: who grows what where, and what is certified."""

from django.utils.translation import gettext_lazy as _

from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from catalogue.models import Certificate, Establishment, GrowingArea, OcopProduct


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


class OcopProductViewSet(SnippetViewSet):
    model = OcopProduct
    icon = "pick"
    list_display = ["name", "stars", "establishment", "species", "valid_until"]
    list_filter = ["stars"]
    search_fields = ["name", "decision_number"]


class RegistersViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Registers")
    menu_icon = "clipboard-list"
    menu_order = 160
    items = (EstablishmentViewSet, GrowingAreaViewSet, CertificateViewSet, OcopProductViewSet)
