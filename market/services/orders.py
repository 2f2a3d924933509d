"""Orders: hold kilograms of a lot for a buyer, give them back, and move between states."""

import secrets
import uuid
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language

from wagtail.log_actions import log

from core.money import line_total_minor
from market import exceptions, gateways
from market.locks import lots_for_update, orders_for_update
from market.models import Buyer, Lot, LotMovement, Order, Payment
from market.services import ledger
from market.services.listing import CODE_ALPHABET
from market.signals import lot_changed

# The payment page closes at a moment fixed by the order, so that asking for it again after a crash
# is the same request; Stripe wants that moment at least 30 minutes ahead. The hold outlives the
# page: money does not arrive for kilograms that were given back meanwhile.
CHECKOUT_MINUTES = 45
OPENING_MINUTES = 14
HOLD_MINUTES = 50

# What one card payment can carry: Stripe refuses less than about half a US dollar and more than
# twelve digits of minor units.
CARD_FLOOR_MINOR = 13_000
CARD_CEILING_MINOR = 999_999_999_999


def place(*, lot: Lot, buyer: Buyer, person, grams: int, token: uuid.UUID) -> Order:
    """Hold some grams of a lot for a new order.

    Locks the lot. Raises LotNotOnSale, OwnLot, InsufficientStock, BelowMinimum, PaymentTooSmall,
    PaymentTooLarge or FormAlreadySent and then changes nothing. The token names the filled-in form:
    sent twice it gives one order. Sends lot_changed. Never call it inside a transaction: a payment
    service is called next.
    """
    with transaction.atomic(durable=True):
        lot = lots_for_update().get(pk=lot.pk)
        already = Order.objects.filter(token=token).first()
        if already:
            return _same_order(already, lot, person, grams)
        _check(lot, person, grams)
        total = line_total_minor(grams, lot.price_minor_per_kg)
        if total < CARD_FLOOR_MINOR:
            raise exceptions.PaymentTooSmall(CARD_FLOOR_MINOR, lot.currency)
        if total > CARD_CEILING_MINOR:
            raise exceptions.PaymentTooLarge
        order = Order(
            reference=new_reference(),
            token=token,
            buyer=buyer,
            placed_by=person,
            lot=lot,
            grams=grams,
            price_minor_per_kg=lot.price_minor_per_kg,
            total_minor=total,
            currency=lot.currency,
            held_until=timezone.now() + timedelta(minutes=HOLD_MINUTES),
            language=get_language() or settings.LANGUAGE_CODE,
        )
        try:
            order.save(force_insert=True)
        except IntegrityError as error:  # the same form for two lots at the same moment
            raise exceptions.FormAlreadySent from error
        Payment.objects.create(order=order, amount_minor=total, currency=lot.currency)
        ledger.post(lot=lot, grams=-grams, reason=LotMovement.Reason.RESERVED, order=order)
        log(instance=order, action="market.order.placed", user=person, data={"grams": grams})
        lot_changed.send(sender=Lot, pk=lot.pk)
    return order


def _same_order(already: Order, lot: Lot, person, grams: int) -> Order:
    """Return the order a form has already placed; the form may not say something else now."""
    if (already.placed_by, already.lot_id, already.grams) != (person, lot.pk, grams):
        raise exceptions.FormAlreadySent
    return already


def _check(lot: Lot, person, grams: int) -> None:
    """Refuse what cannot be ordered, the lot being locked."""
    if not Lot.objects.on_sale().filter(pk=lot.pk).exists():
        raise exceptions.LotNotOnSale
    if lot.seller.members.filter(person=person).exists():
        raise exceptions.OwnLot
    if grams > lot.available_grams or not lot.available_grams:
        raise exceptions.InsufficientStock(lot.available_grams)
    if grams < lot.smallest_order_grams:
        raise exceptions.BelowMinimum(lot.smallest_order_grams)


def move(order: Order, state: Order.State, *, person=None, why: str = "") -> None:
    """Move a locked order to a state. Raises MoveNotAllowed. Frees what it no longer needs."""
    if not order.can_become(state):
        raise exceptions.MoveNotAllowed
    was, order.state = order.state, state
    order.save(update_fields=["state", "changed_at"])
    log(
        instance=order,
        action=f"market.order.{state}",
        user=person,
        data={"from": str(was), "why": why},
    )
    if was == Order.State.PENDING and state != Order.State.PAID:
        _release(order)


def _release(order: Order) -> None:
    """Give an order's kilograms back to its lot; the ledger allows it once."""
    ledger.post(lot=order.lot, grams=order.grams, reason=LotMovement.Reason.RELEASED, order=order)
    lot_changed.send(sender=Lot, pk=order.lot_id)


def cancel(*, order: Order, person) -> Order:
    """Cancel an order that is not paid, closing its payment page first.

    Raises PaymentArriving when the page says it was just paid, MoveNotAllowed when the order is no
    longer waiting, and GatewayUnavailable when the payment service does not answer.
    """
    session = order.payment.reference_starting("cs_")
    if session:
        checkout = gateways.gateway().expire_checkout(session_id=session)
        if checkout.status == "complete":
            raise exceptions.PaymentArriving
    with transaction.atomic(durable=True):
        order = orders_for_update().get(pk=order.pk)
        if order.state == Order.State.EXPIRED:
            return order  # the news that its page is closed came first
        move(order, Order.State.CANCELLED, person=person)
        _close_payment(order)
    return order


def expire(order: Order) -> None:
    """Let a locked order that waits for payment run out."""
    move(order, Order.State.EXPIRED)
    _close_payment(order)


def _close_payment(order: Order) -> None:
    Payment.objects.filter(order=order, state=Payment.State.OPEN).update(
        state=Payment.State.CLOSED, checkout_url=""
    )


def new_reference() -> str:
    """Return an order reference nobody has, "HL-7K3PWX9A"."""
    while True:
        reference = "HL-" + "".join(secrets.choice(CODE_ALPHABET) for _letter in range(8))
        if not Order.objects.filter(reference=reference).exists():
            return reference
