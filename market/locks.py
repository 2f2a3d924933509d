"""The only locks of the project (docs/locking.md): people, sellers, orders, lots, in key order.

Lock what is about to become less; giving kilograms back needs none. A lock query is lazy: it
locks when it is read. SQLite has no row locks; there every transaction holds the write lock.
"""

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from market.models import Lot, Order, Seller


def sellers_for_update() -> QuerySet[Seller]:
    """Return sellers to be locked when read."""
    return Seller.objects.order_by("pk").select_for_update(of=("self",))


def orders_for_update() -> QuerySet[Order]:
    """Return orders to be locked when read."""
    return Order.objects.order_by("pk").select_for_update(of=("self",))


def lots_for_update() -> QuerySet[Lot]:
    """Return lots to be locked when read."""
    return Lot.objects.order_by("pk").select_for_update(of=("self",))


def person_for_update(person) -> None:
    """Lock a person, for what may exist once per person."""
    get_user_model().objects.select_for_update().get(pk=person.pk)
