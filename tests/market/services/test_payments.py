"""What the payment service tells: each event once, in any order, believed as far as it fits."""

import json
from datetime import timedelta

import pytest

from market.gateways import GatewayUnavailable, gateway
from market.models import Order, Payment, StripeEvent, StripeReference
from market.services import checkout, expiry, orders, payments, refunds
from tests.market.interruptions import PaidMeanwhile, named
from tests.market.stripe_events import body, event, paid, sign, unpaid

pytestmark = pytest.mark.django_db

State = Order.State


@pytest.fixture
def order(lot, place):
    """An order of 40 of the lot's 100 kg."""
    return place(lot, 40_000)


def stand(order):
    """Return the order's state, its payment's, what was received, and what is left of the lot."""
    order = Order.objects.select_related("payment", "lot").get(pk=order.pk)
    return (
        order.state,
        order.payment.state,
        order.payment.received_minor,
        order.lot.available_grams,
    )


PAID = ("paid", "paid", 3_000_000, 60_000)
EXPIRED = ("expired", "closed", 0, 100_000)
LATE = ("refund_due", "paid", 3_000_000, 100_000)
WAITING = ("pending", "open", 0, 60_000)


@pytest.mark.parametrize(
    ("_case", "type_", "checkout_of", "expected"),
    [
        ("paid", "completed", paid, PAID),
        ("settled later", "async_payment_succeeded", paid, PAID),
        ("complete, not yet paid", "completed", lambda o: paid(o, is_paid=False), WAITING),
        ("failed", "async_payment_failed", unpaid, EXPIRED),
        ("ran out", "expired", unpaid, EXPIRED),
        ("ran out, says paid", "expired", paid, WAITING),
    ],
)
def test_each_event_has_its_effect(_case, type_, checkout_of, expected, order):
    assert payments.process(event(type_, checkout_of(order), "evt_1")) is True

    assert stand(order) == expected
    assert list(StripeEvent.objects.values_list("event_id", "type")) == [
        ("evt_1", f"checkout.session.{type_}")
    ]


def test_money_that_arrives_is_kept_with_its_identifiers(order):
    Payment.objects.update(checkout_url="http://127.0.0.1/pay/cs_1")

    payments.process(event("completed", paid(order)))

    payment = Payment.objects.get()
    assert payment.checkout_url == ""
    assert payment.reference_starting("cs_") == f"cs_{order.reference}"
    assert payment.reference_starting("pi_") == f"pi_{order.reference}"


@pytest.mark.parametrize(
    ("_case", "type_"),
    [("unknown", "payment_intent.created"), ("not for us", "charge.refunded"), ("empty", "")],
)
def test_other_types_do_nothing(_case, type_, order, facts):
    before = facts()
    told = event("completed", paid(order))

    assert payments.process(type(told)(told.id, type_, told.checkout)) is False
    assert facts() == before


def test_an_event_without_a_checkout_of_ours_does_nothing(order, facts):
    before = facts()

    assert payments.process(event("completed", None)) is False
    assert facts() == before


def test_an_event_of_another_platform_does_nothing(order, facts):
    before = facts()
    for name in ("checkout_completed_foreign", "checkout_completed_other_platform"):
        payload = json.dumps(body(order, name)).encode()
        told = gateway().read_event(payload=payload, signature=sign(payload))
        assert payments.process(told) is False
    assert facts() == before


def test_an_event_of_an_order_nobody_knows_is_noted_and_does_nothing_else(order, facts, caplog):
    before = facts()

    assert payments.process(event("completed", paid(order, reference="HL-NOBODYS"), "evt_1"))

    assert facts()[:4] == before[:4]
    assert "HL-NOBODYS" in caplog.text
    assert not StripeReference.objects.exists()


@pytest.mark.parametrize(
    ("_case", "told", "expected"),
    [
        ("the same event again", [("completed", paid, "evt_1")] * 3, PAID),
        (
            "paid twice under two names",
            [("completed", paid, "evt_1"), ("async_payment_succeeded", paid, "evt_2")],
            PAID,
        ),
        (
            "ran out, told twice",
            [("expired", unpaid, "evt_1"), ("expired", unpaid, "evt_2")],
            EXPIRED,
        ),
        (
            "paid, then an old end of the page",
            [("completed", paid, "evt_1"), ("expired", unpaid, "evt_2")],
            PAID,
        ),
        (
            "the end overtakes the payment",
            [("expired", unpaid, "evt_1"), ("completed", paid, "evt_2")],
            LATE,
        ),
        (
            "the end overtakes the payment, all of it twice",
            [
                ("expired", unpaid, "evt_1"),
                ("completed", paid, "evt_2"),
                ("expired", unpaid, "evt_1"),
                ("completed", paid, "evt_2"),
                ("async_payment_succeeded", paid, "evt_3"),
                ("async_payment_failed", unpaid, "evt_4"),
            ],
            LATE,
        ),
    ],
)
def test_repeated_and_reordered_events_end_the_same(_case, told, expected, order):
    for type_, checkout_of, id_ in told:
        payments.process(event(type_, checkout_of(order), id_))

    assert stand(order) == expected
    assert order.movements.count() == (1 if expected == PAID else 2)


def test_the_same_event_again_says_that_it_was_seen(order):
    told = event("completed", paid(order))

    assert [payments.process(told), payments.process(told)] == [True, False]


@pytest.mark.parametrize(
    ("_case", "wrong", "received"),
    [
        ("too little", {"amount_minor": 2_999_999}, 2_999_999),
        ("too much", {"amount_minor": 3_000_001}, 3_000_001),
        ("a hundredth, as if đồng had cents", {"amount_minor": 30_000}, 30_000),
        ("other money", {"currency": "USD"}, 3_000_000),
    ],
)
def test_money_we_did_not_ask_for_is_to_be_paid_back(_case, wrong, received, order, caplog):
    payments.process(event("completed", paid(order, **wrong)))

    assert stand(order) == ("refund_due", "paid", received, 100_000)
    assert order.reference in caplog.text


@pytest.mark.parametrize("way", ["expired", "cancelled"])
def test_money_that_comes_too_late_is_to_be_paid_back(way, order, person):
    if way == "expired":
        assert expiry.expire_overdue(at=order.held_until + timedelta(seconds=1)) == 1
    else:
        orders.cancel(order=order, person=person)

    payments.process(event("completed", paid(order)))

    assert stand(order) == LATE


def test_money_that_comes_late_does_not_take_what_somebody_else_bought(order, lot, place):
    payments.process(event("expired", unpaid(order)))
    other = place(lot, 100_000)

    payments.process(event("completed", paid(order)))

    assert stand(order) == ("refund_due", "paid", 3_000_000, 0)
    assert stand(other)[0] == "pending"


def test_money_that_comes_while_the_hold_still_stands_pays_though_it_ran_out(order):
    """The minute between the end of a hold and the command that gives it back."""
    Order.objects.update(held_until=order.created_at)

    payments.process(event("completed", paid(order)))

    assert stand(order) == PAID


@pytest.mark.parametrize("again", [{}, {"amount_minor": 1}, {"payment_intent": "pi_other"}])
@pytest.mark.parametrize("state", [State.PAID, State.REFUND_DUE])
def test_a_second_telling_of_money_already_counted_changes_nothing(state, again, order, facts):
    payments.process(event("completed", paid(order)))
    if state == State.REFUND_DUE:
        orders.move(Order.objects.get(), state)
    before = facts()

    payments.process(event("async_payment_succeeded", paid(order, **again)))
    payments.on_paid(paid(order, **again))

    assert facts()[:4] == before[:4]


@pytest.mark.parametrize(
    ("_case", "type_", "checkout_of"),
    [
        ("paid, told again", "completed", paid),
        ("settled", "async_payment_succeeded", paid),
        ("ran out", "expired", unpaid),
    ],
)
def test_what_is_told_after_the_money_went_back_changes_nothing(
    _case, type_, checkout_of, order, fake_stripe, facts
):
    """A late event must not fail: Stripe would repeat it for days."""
    checkout.open_checkout(order)
    account = fake_stripe.account
    account.pay(order.payment.reference_starting("cs_"))
    session = account.session(order.payment.reference_starting("cs_"))
    ids = {"session_id": session["id"], "payment_intent": session["payment_intent"]}
    payments.process(event("expired", unpaid(order, session_id=session["id"])))
    payments.process(event("completed", paid(order, **ids)))
    refunds.settle(Order.objects.select_related("payment").get())
    assert stand(order) == ("refunded", "refunded", 3_000_000, 100_000)
    before = facts()

    payments.process(event(type_, checkout_of(order, session_id=session["id"])))

    assert facts()[:4] == before[:4]


def test_an_effect_that_fails_leaves_the_event_for_its_next_delivery(order, monkeypatch, facts):
    told = event("completed", paid(order), "evt_1")
    before = facts()

    def fail(*args, **kwargs):
        raise RuntimeError("the audit log is full")

    with monkeypatch.context() as broken:
        broken.setattr(orders, "log", fail)
        with pytest.raises(RuntimeError):
            payments.process(told)
    assert facts() == before
    assert not StripeReference.objects.exists()

    assert payments.process(told) is True
    assert stand(order) == PAID


def test_the_buyer_who_comes_back_before_the_event_is_paid_at_once(order, fake_stripe):
    checkout.open_checkout(order)
    payments.refresh(order)
    assert stand(order) == WAITING

    fake_stripe.account.pay(order.payment.reference_starting("cs_"))
    payments.refresh(order)
    assert stand(order) == PAID

    session = order.payment.reference_starting("cs_")
    intent = order.payment.reference_starting("pi_")
    payments.process(event("completed", paid(order, session_id=session, payment_intent=intent)))
    assert stand(order) == PAID


def test_coming_back_without_a_page_asks_nobody(order, fake_stripe, facts):
    before = facts()

    payments.refresh(order)

    assert not fake_stripe.requests
    assert facts() == before


def test_coming_back_while_the_service_is_down_changes_nothing(order, fake_stripe, facts):
    checkout.open_checkout(order)
    before = facts()
    fake_stripe.break_next(500, 500)

    with pytest.raises(GatewayUnavailable):
        payments.refresh(order)
    assert facts() == before


def test_the_event_may_overtake_the_answer_to_the_buyer_who_came_back(order, fake_stripe, settings):
    checkout.open_checkout(order)
    fake_stripe.account.pay(order.payment.reference_starting("cs_"))
    settings.PAYMENT_GATEWAY = named(PaidMeanwhile)

    payments.refresh(order)

    assert stand(order) == PAID
    assert order.movements.count() == 1


def test_one_order_pays_for_itself_only(order, lot, place):
    other = place(lot, 10_000)

    payments.process(event("completed", paid(order)))

    assert stand(order) == ("paid", "paid", 3_000_000, 50_000)
    assert stand(other) == ("pending", "open", 0, 50_000)
