"""Opening the payment page of an order. No transaction is open while the service is asked."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.weights import format_kg
from market import gateways
from market.exceptions import MoveNotAllowed, TooLateToPay
from market.locks import orders_for_update
from market.models import Order, Payment, StripeReference
from market.services.orders import CHECKOUT_MINUTES, OPENING_MINUTES


def open_checkout(order: Order) -> str:
    """Return the address of the order's payment page, the same one however often it is asked.

    Raises MoveNotAllowed when the order no longer waits for payment, TooLateToPay when its page was
    not opened in time, and GatewayError (which keeps the order and its hold) when the payment
    service does not answer or refuses.
    """
    if order.state != Order.State.PENDING:
        raise MoveNotAllowed
    payment = order.payment
    if payment.checkout_url:
        return payment.checkout_url
    if timezone.now() > order.created_at + timedelta(minutes=OPENING_MINUTES):
        raise TooLateToPay
    # In the order's own language, whoever asks in which: the service must be sent the same request.
    with translation.override(order.language):
        link = gateways.gateway().open_checkout(**_request(order))
    with transaction.atomic(durable=True):
        orders_for_update().get(pk=order.pk)
        StripeReference.objects.get_or_create(
            stripe_id=link.session_id, defaults={"payment": payment}
        )
        Payment.objects.filter(pk=payment.pk, state=Payment.State.OPEN).update(
            checkout_url=link.url
        )
    return link.url


def _request(order: Order) -> dict[str, Any]:
    """Return what the payment service is asked; it depends on the order alone."""
    page = f"{settings.BASE_URL}{order.get_absolute_url()}"
    description = _("%(species)s, lot %(code)s, %(weight)s") % {
        "species": order.lot.species.name_in(order.language) or order.lot.species,
        "code": order.lot.code,
        "weight": format_kg(order.grams),
    }
    return {
        "reference": order.reference,
        "amount_minor": order.total_minor,
        "currency": order.currency,
        "description": description,
        "email": order.placed_by.email,
        "success_url": f"{page}?returned=1",
        "cancel_url": page,
        "expires_at": order.created_at + timedelta(minutes=CHECKOUT_MINUTES),
        # Asked again after a crash, the service answers with the same page.
        "key": f"{order.reference}:checkout",
    }
