"""How market staff work in the Wagtail admin; what is money or kilograms can only be looked at."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from market.models import Analysis, Buyer, Lot, LotMovement, Order, Payment, Seller, SellerMember


class LookOnlyPolicy(ModelPermissionPolicy):
    """Nobody changes these records by hand, not even an administrator: services do."""

    def user_has_permission(self, user, action):
        return action == "view" and super().user_has_permission(user, action)

    def users_with_any_permission(self, actions):
        return super().users_with_any_permission([a for a in actions if a == "view"])


def register_look_only() -> None:
    """Have Wagtail ask the policy above about these models wherever it asks."""
    for model in (Lot, LotMovement, Order, Payment):
        register_permission_policy(model, LookOnlyPolicy(model))


class LookOnlyViewSet(SnippetViewSet):
    inspect_view_enabled = True
    copy_view_enabled = False


class SellerViewSet(SnippetViewSet):
    model = Seller
    icon = "group"
    list_display = ["establishment", "slug", "vetting"]
    list_filter = ["vetting"]
    panels = [FieldPanel("establishment"), FieldPanel("slug"), FieldPanel("vetting")]


class SellerMemberViewSet(SnippetViewSet):
    model = SellerMember
    icon = "user"
    menu_label = _("Members of sellers")
    list_display = ["person", "seller"]
    panels = [FieldPanel("person"), FieldPanel("seller")]


class BuyerViewSet(SnippetViewSet):
    model = Buyer
    icon = "user"
    list_display = ["name", "kind"]
    search_fields = ["name"]
    panels = [FieldPanel("name"), FieldPanel("kind")]


class LotViewSet(LookOnlyViewSet):
    model = Lot
    icon = "tag"
    list_display = ["code", "species", "seller", "available_grams", "state"]
    list_filter = ["state"]
    search_fields = ["code"]


class AnalysisViewSet(SnippetViewSet):
    """A lot itself is only looked at; what laboratories report of it is entered here."""

    model = Analysis
    icon = "doc-full"
    list_display = ["number", "lot", "laboratory", "analysed_on"]
    search_fields = ["number", "laboratory", "lot__code"]
    copy_view_enabled = False
    panels = [
        FieldPanel("lot"),
        MultiFieldPanel(
            [FieldPanel("number"), FieldPanel("laboratory"), FieldPanel("accreditation")],
            heading=_("Report"),
        ),
        FieldPanel("sampled_on"),
        FieldPanel("analysed_on"),
        FieldPanel("loss_on_drying"),
        InlinePanel("results", label=_("Result"), min_num=1),
        FieldPanel("is_demonstration"),
    ]


class OrderViewSet(LookOnlyViewSet):
    model = Order
    icon = "form"
    list_display = ["reference", "lot", "buyer", "grams", "total_minor", "state"]
    list_filter = ["state"]
    search_fields = ["reference"]


class PaymentViewSet(LookOnlyViewSet):
    model = Payment
    icon = "table"
    list_display = ["order", "amount_minor", "received_minor", "currency", "state"]
    list_filter = ["state"]


class LotMovementViewSet(LookOnlyViewSet):
    model = LotMovement
    icon = "list-ol"
    list_display = ["lot", "grams", "reason", "order", "made_at"]
    list_filter = ["reason"]


class MarketViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Market")
    menu_icon = "tag"
    menu_order = 170
    items = (
        SellerViewSet,
        SellerMemberViewSet,
        BuyerViewSet,
        LotViewSet,
        AnalysisViewSet,
        OrderViewSet,
        PaymentViewSet,
        LotMovementViewSet,
    )
