"""Analyses of lots: what follows from them is derived, never written elsewhere."""

from market.models import Analysis, Lot
from market.signals import lot_changed


def announce(analysis: Analysis) -> None:
    """Tell whoever follows that what is known of a lot has changed."""
    lot_changed.send(sender=Lot, pk=analysis.lot_id)
