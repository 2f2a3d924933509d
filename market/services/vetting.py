"""Vetting sellers: what follows from a decision for the lots they have on sale."""

from market.models import Lot, Seller
from market.signals import lot_changed, seller_changed


def announce(seller: Seller) -> None:
    """Tell whoever follows that a seller has changed, and its lots gone on or off sale."""
    seller_changed.send(sender=Seller, pk=seller.pk)
    for pk in seller.lots.values_list("pk", flat=True):
        lot_changed.send(sender=Lot, pk=pk)
