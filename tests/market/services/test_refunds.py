"""Paying back: all of it, once, and only what is due."""

import pytest

from market.exceptions import MoveNotAllowed
from market.gateways import GatewayUnavailable
from market.models import Order
from market.services import checkout, orders, payments, refunds
from tests.market.stripe_events import event, paid

pytestmark = pytest.mark.django_db


@pytest.fixture
def pay(fake_stripe):
    """Pay for an order on its page and return what the event of it says; `late` lets it expire."""

    def call(order, *, late=False):
        checkout.open_checkout(order)
        session_id = order.payment.reference_starting("cs_")
        fake_stripe.account.pay(session_id)
        if late:
            orders.expire(Order.objects.get(pk=order.pk))
        intent = fake_stripe.account.session(session_id)["payment_intent"]
        payments.process(
            event("completed", paid(order, session_id=session_id, payment_intent=intent))
        )
        return intent

    return call


def given_back(fake, intent):
    return fake.account._refunded(intent)


def fresh(order):
    return Order.objects.select_related("payment").get(pk=order.pk)


def test_what_came_too_late_is_paid_back_in_full(lot, place, pay, fake_stripe):
    order = place(lot, 40_000)
    intent = pay(order, late=True)

    refunds.settle(fresh(order))

    order = fresh(order)
    assert (order.state, order.payment.state) == ("refunded", "refunded")
    assert given_back(fake_stripe, intent) == order.payment.received_minor == 3_000_000
    assert order.payment.reference_starting("re_")
    lot.refresh_from_db()
    assert lot.available_grams == 100_000


def test_settled_twice_it_is_paid_back_once(lot, place, pay, fake_stripe, facts):
    order = place(lot, 40_000)
    intent = pay(order, late=True)
    stale = fresh(order)
    refunds.settle(fresh(order))
    before = facts()

    assert refunds.settle(stale).state == "refunded"
    with pytest.raises(MoveNotAllowed):
        refunds.settle(fresh(order))

    assert facts() == before
    assert given_back(fake_stripe, intent) == 3_000_000


@pytest.mark.parametrize("trouble", [500, 503, 0])
def test_a_lost_answer_is_asked_for_again_and_pays_once(
    trouble, lot, place, pay, fake_stripe, facts
):
    order = place(lot, 40_000)
    intent = pay(order, late=True)
    before = facts()
    fake_stripe.break_next(trouble, trouble)

    with pytest.raises(GatewayUnavailable):
        refunds.settle(fresh(order))
    assert facts() == before

    refunds.settle(fresh(order))
    assert fresh(order).state == "refunded"
    assert given_back(fake_stripe, intent) == 3_000_000


def test_a_paid_order_is_not_paid_back(lot, place, pay, fake_stripe, facts):
    order = place(lot, 40_000)
    intent = pay(order)
    before = facts()

    with pytest.raises(MoveNotAllowed):
        refunds.settle(fresh(order))

    assert facts() == before
    assert given_back(fake_stripe, intent) == 0


@pytest.mark.parametrize("state", [one for one in Order.State if one != Order.State.REFUND_DUE])
def test_only_what_is_due_is_asked_for(state, lot, place, pay, fake_stripe, facts):
    order = place(lot, 40_000)
    pay(order)
    Order.objects.update(state=state)
    before, asked = facts(), len(fake_stripe.requests)

    with pytest.raises(MoveNotAllowed):
        refunds.settle(fresh(order))

    assert facts() == before
    assert len(fake_stripe.requests) == asked
