"""Registration only; what is registered stands in admin.py, panels.py and services/."""

from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from market import panels
from market.admin import MarketViewSetGroup, register_look_only
from market.models import Analysis, Lot, Order, Seller
from market.services import analyses, vetting

register_look_only()
register_snippet(MarketViewSetGroup)

hooks.register("catalogue_species_panels", panels.species_lots)
hooks.register("catalogue_home_panels", panels.home_pulse)
hooks.register("catalogue_count_lots", panels.count_lots)
hooks.register("catalogue_species_on_sale", panels.species_on_sale)


@hooks.register("register_log_actions")
def register_actions(actions):
    actions.register_action("market.lot.saved", _("Save a lot"), _("Saved the lot"))
    actions.register_action("market.order.placed", _("Place an order"), _("Placed the order"))
    for state in (Lot.State.OPEN, Lot.State.PAUSED, Lot.State.CLOSED):
        actions.register_action(f"market.lot.{state}", _("Move a lot"), state.label)
    for state in Order.State:
        actions.register_action(f"market.order.{state}", _("Move an order"), state.label)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def follow_records(request, instance):
    """A seller vetted or suspended by hand takes their lots on or off sale; an analysis says more
    of its lot.
    """
    if isinstance(instance, Seller):
        vetting.announce(instance)
    elif isinstance(instance, Analysis):
        analyses.announce(instance)
