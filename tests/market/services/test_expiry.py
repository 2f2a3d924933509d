"""The end of a hold: nothing is given back before the payment service was asked once more."""

from datetime import timedelta

from django.utils import timezone

import pytest

from market.exceptions import MarketError
from market.models import Order, Payment
from market.services import checkout, expiry, orders, payments
from tests.market.interruptions import (
    AwayAtTheEnd,
    ExpiredEventFirst,
    PagesInMemory,
    PaidAtTheEnd,
    named,
)
from tests.market.stripe_events import event, paid

pytestmark = pytest.mark.django_db

State = Order.State


@pytest.fixture
def order(lot, place):
    """An order of 40 of the lot's 100 kg."""
    return place(lot, 40_000)


@pytest.fixture
def opened(order, fake_stripe):
    """The same order with its payment page open; the page's identifier."""
    checkout.open_checkout(order)
    return order.payment.reference_starting("cs_")


def later(order):
    return order.held_until + timedelta(seconds=1)


def stand(order):
    """Return the order's state, its payment's, what was received, and what is left of the lot."""
    order = Order.objects.select_related("payment", "lot").get(pk=order.pk)
    payment = order.payment
    return order.state, payment.state, payment.received_minor, order.lot.available_grams


WAITING = ("pending", "open", 0, 60_000)
EXPIRED = ("expired", "closed", 0, 100_000)
PAID = ("paid", "paid", 3_000_000, 60_000)


def test_overdue_orders_expire_once_however_often_it_is_asked(lot, place):
    waiting = [place(lot, 10_000) for _ in range(3)]
    paid_order = place(lot, 10_000)
    orders.move(paid_order, State.PAID)
    in_time = place(lot, 10_000)
    after = max(order.held_until for order in waiting) + timedelta(seconds=1)
    Order.objects.filter(pk=in_time.pk).update(held_until=after)

    assert expiry.expire_overdue(at=after) == 3
    assert expiry.expire_overdue(at=after) == 0

    lot.refresh_from_db()
    assert lot.available_grams == 80_000
    expired = Order.objects.filter(state=State.EXPIRED)
    assert set(expired) == set(waiting)
    assert {order.payment.state for order in expired} == {"closed"}
    in_time.refresh_from_db()
    paid_order.refresh_from_db()
    assert (in_time.state, paid_order.state) == (State.PENDING, State.PAID)


def test_a_hold_that_has_not_run_out_is_kept_and_nobody_is_asked(order, opened, fake_stripe):
    asked = len(fake_stripe.requests)

    assert expiry.expire_overdue() == 0
    assert expiry.expire_overdue(at=order.held_until) == 0

    assert stand(order) == WAITING
    assert len(fake_stripe.requests) == asked


def test_the_page_is_closed_before_the_kilograms_are_given_back(order, opened, fake_stripe):
    assert expiry.expire_overdue(at=later(order)) == 1

    assert fake_stripe.account.session(opened)["status"] == "expired"
    assert stand(order) == EXPIRED
    assert Payment.objects.get().checkout_url == ""


def test_a_page_that_ran_out_by_itself_is_no_trouble(order, opened, fake_stripe):
    fake_stripe.account.expire(opened)

    assert expiry.expire_overdue(at=later(order)) == 1
    assert stand(order) == EXPIRED


def test_an_order_without_a_page_expires_without_asking_anybody(order, fake_stripe):
    assert expiry.expire_overdue(at=later(order)) == 1

    assert stand(order) == EXPIRED
    assert not fake_stripe.requests


def test_what_was_paid_while_the_event_was_lost_is_paid_and_not_expired(
    order, opened, fake_stripe, facts
):
    """docs/payments.md: before kilograms are given back the page is closed, or it says "paid"."""
    fake_stripe.account.pay(opened)

    assert expiry.expire_overdue(at=later(order)) == 0
    assert stand(order) == PAID
    assert order.movements.count() == 1
    intent = fake_stripe.account.session(opened)["payment_intent"]
    assert order.payment.reference_starting("pi_") == intent

    # The event that was lost is found after all.
    before = facts()
    payments.process(event("completed", paid(order, session_id=opened, payment_intent=intent)))
    assert facts()[:4] == before[:4]
    assert expiry.expire_overdue(at=later(order)) == 0


def test_a_wrong_amount_on_a_page_whose_event_was_lost_is_to_be_paid_back(order, settings):
    PagesInMemory.forget()
    settings.PAYMENT_GATEWAY = named(PagesInMemory)
    checkout.open_checkout(order)
    PagesInMemory.pages[f"cs_{order.reference}"] = paid(order, amount_minor=2_999_999)

    assert expiry.expire_overdue(at=later(order)) == 0

    assert stand(order) == ("refund_due", "paid", 2_999_999, 100_000)


@pytest.mark.parametrize("statuses", [(500, 500), (503, 503), (429,)])
def test_while_the_service_is_away_the_hold_stands_until_the_next_run(
    statuses, order, opened, fake_stripe, facts, caplog
):
    before = facts()
    fake_stripe.break_next(*statuses)  # the client library repeats what may be repeated

    assert expiry.expire_overdue(at=later(order)) == 0
    assert facts() == before
    assert order.reference in caplog.text

    assert expiry.expire_overdue(at=later(order)) == 1
    assert stand(order) == EXPIRED


def test_what_was_paid_before_the_service_went_away_is_paid_when_it_is_back(
    order, opened, fake_stripe
):
    fake_stripe.account.pay(opened)
    fake_stripe.break_next(500, 500)

    assert expiry.expire_overdue(at=later(order)) == 0
    assert stand(order) == WAITING
    assert expiry.expire_overdue(at=later(order)) == 0
    assert stand(order) == PAID


def test_an_order_whose_page_cannot_be_closed_does_not_keep_the_others(
    lot, place, order, opened, settings
):
    without_page = place(lot, 10_000)
    settings.PAYMENT_GATEWAY = named(AwayAtTheEnd)

    assert expiry.expire_overdue(at=later(without_page)) == 1

    assert stand(order) == ("pending", "open", 0, 60_000)
    assert stand(without_page)[0] == "expired"


def test_the_event_of_the_closed_page_may_overtake_the_command(order, opened, settings):
    settings.PAYMENT_GATEWAY = named(ExpiredEventFirst)

    assert expiry.expire_overdue(at=later(order)) == 0  # the event did it

    assert stand(order) == EXPIRED
    assert order.movements.count() == 2


def test_the_event_of_the_payment_may_overtake_the_command(order, opened, fake_stripe, settings):
    fake_stripe.account.pay(opened)
    settings.PAYMENT_GATEWAY = named(PaidAtTheEnd)

    assert expiry.expire_overdue(at=later(order)) == 0

    assert stand(order) == PAID
    assert order.movements.count() == 1


def test_nothing_is_asked_inside_a_transaction(order, settings):
    PagesInMemory.forget()
    settings.PAYMENT_GATEWAY = named(PagesInMemory)
    checkout.open_checkout(order)

    assert expiry.expire_overdue(at=later(order)) == 1  # else the service itself complains
    assert PagesInMemory.pages[f"cs_{order.reference}"].status == "expired"


def test_only_what_waits_runs_out(order, facts):
    orders.expire(Order.objects.get())
    before = facts()

    with pytest.raises(MarketError):
        orders.expire(Order.objects.get())

    assert facts() == before
    assert expiry.expire_overdue(at=timezone.now() + timedelta(days=1)) == 0
