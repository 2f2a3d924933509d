"""Vetting sellers: what follows from a decision for the lots they have on sale."""

from market.models import Lot, Seller
from market.signals import lot_changed


def announce(seller: Seller) -> None:
    """Tell whoever follows that a seller's lots may have gone on or off sale."""
    for pk in seller.lots.values_list("pk", flat=True):
        lot_changed.send(sender=Lot, pk=pk)
