"""Paying back money that arrived too late or in the wrong amount."""

from django.db import transaction

from market import gateways
from market.exceptions import MoveNotAllowed
from market.locks import orders_for_update
from market.models import Order, Payment, StripeReference
from market.services import orders


def settle(order: Order) -> Order:
    """Pay back all that an order whose refund is due has received.

    Safe to run twice: the service is asked with a key that names the order. Raises MoveNotAllowed
    for an order whose refund is not due, and GatewayError.
    """
    if order.state != Order.State.REFUND_DUE:
        raise MoveNotAllowed
    payment = order.payment
    refund = gateways.gateway().refund(
        payment_intent=payment.reference_starting("pi_"),
        amount_minor=payment.received_minor,
        key=f"{order.reference}:refund",
    )
    with transaction.atomic(durable=True):
        order = orders_for_update().get(pk=order.pk)
        if order.state == Order.State.REFUND_DUE:
            StripeReference.objects.get_or_create(stripe_id=refund, defaults={"payment": payment})
            Payment.objects.filter(pk=payment.pk).update(state=Payment.State.REFUNDED)
            orders.move(order, Order.State.REFUNDED)
    return order
