"""What the payment service tells us: each event has its effect once, in whatever order it comes."""

import logging
from collections.abc import Callable

from django.db import transaction

from market import gateways
from market.gateways.base import CheckoutState, GatewayEvent
from market.locks import orders_for_update
from market.models import Order, Payment, StripeEvent, StripeReference
from market.services import orders

logger = logging.getLogger(__name__)


def process(event: GatewayEvent) -> bool:
    """Apply one verified event; return False if it was seen before or does not concern us.

    The claim on the event and its effect share a transaction: if the effect fails, the claim is
    rolled back and the next delivery gets a clean second chance.
    """
    handler = HANDLERS.get(event.type)
    if handler is None or event.checkout is None:
        return False
    with transaction.atomic():
        _event, is_new = StripeEvent.objects.get_or_create(
            event_id=event.id, defaults={"type": event.type}
        )
        if is_new:
            handler(event.checkout)
    return is_new


def refresh(order: Order) -> None:
    """Ask the payment service how an order's page stands and apply it, as a webhook would.

    For the moment the buyer comes back before the webhook does. Raises GatewayError.
    """
    session = order.payment.reference_starting("cs_")
    if not session:
        return
    checkout = gateways.gateway().read_checkout(session_id=session)
    if checkout.is_paid:
        with transaction.atomic(durable=True):
            on_paid(checkout)


def on_paid(checkout: CheckoutState) -> None:
    """Record money that arrived, looking at the order as it is now and not as events came."""
    order = _locked_order(checkout)
    if order is None or not checkout.is_paid:
        return
    payment = order.payment
    if payment.state in (Payment.State.PAID, Payment.State.REFUNDED):
        return
    payment.state = Payment.State.PAID
    payment.received_minor = checkout.amount_minor
    payment.checkout_url = ""
    payment.save()
    asked = (payment.amount_minor, payment.currency)
    if (checkout.amount_minor, checkout.currency) != asked:
        logger.error("order %s was paid %s, not %s", order.reference, checkout, asked)
        orders.move(order, Order.State.REFUND_DUE, why="amount")
    elif order.can_become(Order.State.PAID):
        orders.move(order, Order.State.PAID)
    else:
        # The money is real, the kilograms are gone: staff see it, a command pays it back.
        orders.move(order, Order.State.REFUND_DUE, why="late")


def on_closed(checkout: CheckoutState) -> None:
    """Give the kilograms back when a payment page ran out or its payment failed."""
    order = _locked_order(checkout)
    if order is not None and order.state == Order.State.PENDING and not checkout.is_paid:
        orders.expire(order)


def _locked_order(checkout: CheckoutState) -> Order | None:
    """Return the order of a payment page, locked, and keep the page's identifiers with it."""
    order = orders_for_update().filter(reference=checkout.reference).first()
    if order is None:
        logger.warning("no order %r for %s", checkout.reference, checkout.session_id)
        return None
    for stripe_id in (checkout.session_id, checkout.payment_intent):
        if stripe_id:
            StripeReference.objects.get_or_create(
                stripe_id=stripe_id, defaults={"payment": order.payment}
            )
    return order


HANDLERS: dict[str, Callable[[CheckoutState], None]] = {
    "checkout.session.completed": on_paid,
    "checkout.session.async_payment_succeeded": on_paid,
    "checkout.session.async_payment_failed": on_closed,
    "checkout.session.expired": on_closed,
}
