"""What happens on the market that other apps may want to follow; see catalogue.signals."""

from django.dispatch import Signal

lot_changed = Signal()
seller_changed = Signal()
