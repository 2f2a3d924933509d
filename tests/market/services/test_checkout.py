"""Opening the payment page: the same one however often it is asked, and never for nothing."""

from datetime import timedelta

from django.utils import timezone, translation

import pytest
import time_machine

from market import exceptions
from market.gateways import GatewayUnavailable
from market.models import Lot, Order, Payment, StripeReference
from market.services import checkout, orders, payments
from tests.market.interruptions import CancelledMeanwhile, named
from tests.market.stripe_events import event, paid

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(lot, place):
    return place(lot, 50_000)


def fresh(order):
    return Order.objects.select_related("payment").get(pk=order.pk)


def requests(fake, path="/v1/checkout/sessions"):
    return [asked for asked in fake.requests if asked.path == path]


def test_the_page_asks_for_the_orders_total_and_lasts_almost_as_long_as_its_hold(
    order, fake_stripe
):
    url = checkout.open_checkout(order)

    session = requests(fake_stripe)[0].body
    assert url == session["url"] == fresh(order).payment.checkout_url
    assert (session["amount_total"], session["currency"]) == (3_750_000, "vnd")
    assert session["metadata"] == {"order": order.reference, "platform": "testserver"}
    assert session["customer_email"] == order.placed_by.email
    page = f"http://testserver/vi/account/orders/{order.reference}/"
    assert (session["success_url"], session["cancel_url"]) == (f"{page}?returned=1", page)
    assert StripeReference.objects.get().stripe_id == session["id"]
    ends = order.created_at + timedelta(minutes=45)
    assert session["expires_at"] == int(ends.timestamp())
    assert ends < order.held_until


def test_asked_again_it_is_the_same_page_without_another_request(order, fake_stripe):
    url = checkout.open_checkout(order)

    assert checkout.open_checkout(fresh(order)) == url
    assert len(requests(fake_stripe)) == 1


def test_asked_again_after_a_crash_the_service_answers_with_the_same_page(order, fake_stripe):
    url = checkout.open_checkout(order)
    StripeReference.objects.all().delete()
    Payment.objects.update(checkout_url="")

    assert checkout.open_checkout(fresh(order)) == url
    assert [asked.key for asked in requests(fake_stripe)] == [f"{order.reference}:checkout"] * 2
    assert len(fake_stripe.account.list_sessions({})["data"]) == 1
    assert StripeReference.objects.count() == 1


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_request_is_in_the_orders_language_whoever_asks(language, lot, place, fake_stripe):
    with translation.override(language):
        order = place(lot, 50_000)
    for asking in ("vi", "en"):
        Payment.objects.update(checkout_url="")
        with translation.override(asking):
            checkout.open_checkout(fresh(order))
            assert translation.get_language() == asking

    first, second = requests(fake_stripe)
    assert first.params == second.params
    assert first.body["id"] == second.body["id"]
    assert first.body["locale"] == language
    assert first.body["success_url"].startswith(f"http://testserver/{language}/account/orders/")
    description = fake_stripe.account.description(first.body["id"])
    assert lot.species.name_in(language).name in description
    assert lot.code in description
    assert "50 kg" in description


@pytest.mark.parametrize("status", [500, 503])
def test_while_the_service_is_down_the_hold_stands_and_the_page_opens_later(
    status, order, lot, fake_stripe, facts
):
    before = facts()
    fake_stripe.break_next(status, status)

    with pytest.raises(GatewayUnavailable):
        checkout.open_checkout(order)
    assert facts() == before
    lot.refresh_from_db()
    assert (fresh(order).state, lot.available_grams) == ("pending", 50_000)

    assert checkout.open_checkout(fresh(order)).startswith(fake_stripe.url)


def test_an_answer_that_is_lost_leaves_one_page(order, fake_stripe):
    fake_stripe.break_next(0, 0)  # also the client library's own second attempt

    with pytest.raises(GatewayUnavailable):
        checkout.open_checkout(order)
    url = checkout.open_checkout(fresh(order))

    assert [page["url"] for page in fake_stripe.account.list_sessions({})["data"]] == [url]


@pytest.mark.parametrize(
    ("_case", "minutes", "opens"),
    [("at once", 0, True), ("in time", 13.9, True), ("too late", 14.1, False)],
)
def test_a_page_is_opened_in_time_or_not_at_all(_case, minutes, opens, order, fake_stripe, facts):
    before = facts()
    with time_machine.travel(order.created_at + timedelta(minutes=minutes), tick=True):
        if opens:
            assert checkout.open_checkout(order).startswith(fake_stripe.url)
        else:
            with pytest.raises(exceptions.TooLateToPay):
                checkout.open_checkout(order)
            assert facts() == before
            assert not requests(fake_stripe)


@pytest.mark.parametrize("state", [one for one in Order.State if one != Order.State.PENDING])
def test_only_an_order_that_waits_gets_a_page(state, order, fake_stripe, facts):
    Order.objects.update(state=state)
    before = facts()

    with pytest.raises(exceptions.MoveNotAllowed):
        checkout.open_checkout(fresh(order))

    assert facts() == before
    assert not fake_stripe.requests


def test_an_order_cancelled_while_its_page_opens_leads_nobody_to_pay(
    order, lot, fake_stripe, settings
):
    settings.PAYMENT_GATEWAY = named(CancelledMeanwhile)

    with pytest.raises(exceptions.MoveNotAllowed):
        checkout.open_checkout(order)

    assert fresh(order).state == "cancelled"
    assert (fresh(order).payment.state, fresh(order).payment.checkout_url) == ("closed", "")
    assert fresh(order).payment.reference_starting("cs_")  # late money still finds its order
    statuses = {page["status"] for page in fake_stripe.account.list_sessions({})["data"]}
    assert statuses == {"expired"}
    assert Lot.objects.get().available_grams == 100_000


def test_an_order_paid_while_its_page_opens_a_second_time_keeps_its_money(
    order, fake_stripe, settings
):
    """Two windows: in one the page opens, in the other it was opened and paid."""
    stale = fresh(order)
    checkout.open_checkout(order)
    session_id = order.payment.reference_starting("cs_")
    fake_stripe.account.pay(session_id)
    intent = fake_stripe.account.session(session_id)["payment_intent"]
    payments.process(event("completed", paid(order, session_id=session_id, payment_intent=intent)))

    with pytest.raises(exceptions.MoveNotAllowed):
        checkout.open_checkout(stale)

    assert (fresh(order).state, fresh(order).payment.state) == ("paid", "paid")
    assert fresh(order).payment.checkout_url == ""
    assert fake_stripe.account.session(session_id)["status"] == "complete"


@pytest.mark.parametrize(
    ("_case", "seconds", "is_offered"),
    [("almost", -1, True), ("over", 1, False), ("between page and hold", 240, False)],
)
def test_a_page_that_ran_out_is_not_offered_again(
    _case, seconds, is_offered, order, fake_stripe, facts
):
    """Between the end of the page and the end of the hold there is nothing left to pay on."""
    url = checkout.open_checkout(order)
    before, asked = facts(), len(fake_stripe.requests)
    ends = order.created_at + timedelta(minutes=orders.CHECKOUT_MINUTES)

    with time_machine.travel(ends + timedelta(seconds=seconds), tick=False):
        assert timezone.now() < order.held_until
        if is_offered:
            assert checkout.open_checkout(fresh(order)) == url
        else:
            with pytest.raises(exceptions.TooLateToPay):
                checkout.open_checkout(fresh(order))

    assert facts() == before
    assert len(fake_stripe.requests) == asked
