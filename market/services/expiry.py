"""Orders whose time to pay ran out: ask the payment service once more, then give back."""

import logging
from datetime import datetime

from django.db import transaction

from market import gateways
from market.locks import orders_for_update
from market.models import Order
from market.services import orders, payments

logger = logging.getLogger(__name__)


def expire_overdue(*, at: datetime | None = None) -> int:
    """Give back the kilograms of orders whose hold ran out; return how many orders expired.

    The page of each is closed first: if it was paid and the news got lost, the order is paid. When
    the payment service does not answer, the order keeps its hold until the next run. Safe to run
    twice, also at the same time.
    """
    return sum(_expire(order) for order in Order.objects.overdue(at).select_related("payment"))


def _expire(order: Order) -> bool:
    session = order.payment.reference_starting("cs_")
    checkout = None
    if session:
        try:
            checkout = gateways.gateway().expire_checkout(session_id=session)
        except gateways.GatewayUnavailable as error:
            logger.warning("order %s stays held: %s", order.reference, error)
            return False
        except gateways.GatewayRefused:
            # Another account or key by now: the page has ended by its own clock before the hold.
            logger.exception("the page of order %s cannot be asked about", order.reference)
    with transaction.atomic(durable=True):
        if checkout and checkout.is_paid:
            payments.on_paid(checkout)
            return False
        waiting = orders_for_update().filter(state=Order.State.PENDING, pk=order.pk).first()
        if waiting:
            orders.expire(waiting)
        return waiting is not None
