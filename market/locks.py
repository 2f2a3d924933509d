"""The only locks of the project (docs/locking.md): orders before lots, each in key order.

Lock what is about to become less; giving kilograms back needs none. A lock query is lazy: it
locks when it is read. SQLite has no row locks; there every transaction holds the write lock.
"""

from django.db.models import QuerySet

from market.models import Lot, Order


def orders_for_update() -> QuerySet[Order]:
    """Return orders to be locked when read."""
    return Order.objects.order_by("pk").select_for_update(of=("self",))


def lots_for_update() -> QuerySet[Lot]:
    """Return lots to be locked when read."""
    return Lot.objects.order_by("pk").select_for_update(of=("self",))
