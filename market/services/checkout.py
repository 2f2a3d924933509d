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
    age = timezone.now() - order.created_at
    if order.payment.checkout_url and age < timedelta(minutes=CHECKOUT_MINUTES):
        return order.payment.checkout_url
    if age > timedelta(minutes=OPENING_MINUTES):
        raise TooLateToPay
    # In the order's own language, whoever asks in which: the service must be sent the same request.
    with translation.override(order.language):
        link = gateways.gateway().open_checkout(**_request(order))
    if not _record(order, link):
        gateways.gateway().expire_checkout(session_id=link.session_id)
        raise MoveNotAllowed
    return link.url


def _record(order: Order, link: gateways.CheckoutLink) -> bool:
    """Keep an opened page with its order; return whether the order still waits for payment."""
    with transaction.atomic(durable=True):
        order = orders_for_update().get(pk=order.pk)
        StripeReference.objects.get_or_create(
            stripe_id=link.session_id, defaults={"payment": order.payment}
        )
        waits = order.state == Order.State.PENDING
        if waits:
            Payment.objects.filter(order=order).update(checkout_url=link.url)
    return waits


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
