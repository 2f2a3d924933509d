"""The address to which the payment service posts: nothing unsigned has an effect."""

import json
import time

from django.db import OperationalError
from django.test import Client

import pytest

from market.models import Order, StripeEvent
from market.services import orders, payments
from tests.market.stripe_events import ENDPOINT, body, post, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(lot, place):
    return place(lot, 40_000)


def state():
    return Order.objects.get().state


def test_a_signed_event_is_taken_and_counts_once(order, client):
    message = body(order)

    assert post(client, message).status_code == 200
    assert post(client, message).status_code == 200

    assert state() == "paid"
    assert StripeEvent.objects.get().event_id == message["id"]
    assert order.movements.count() == 1


def test_it_needs_no_cookie_no_token_and_no_language(order):
    outside = Client(enforce_csrf_checks=True)

    answer = post(outside, body(order))

    assert answer.status_code == 200
    assert not answer.cookies
    assert state() == "paid"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("checkout_completed", "paid"),
        ("checkout_completed_unpaid", "pending"),
        ("checkout_async_payment_succeeded", "paid"),
        ("checkout_async_payment_failed", "expired"),
        ("checkout_expired", "expired"),
        ("checkout_completed_foreign", "pending"),
        ("checkout_completed_other_platform", "pending"),
        ("payment_intent_failed", "pending"),
    ],
)
def test_every_kind_of_event_is_answered_200(name, expected, order, client):
    message = body(order, name) if name.startswith("checkout") else _other()

    assert post(client, message).status_code == 200
    assert state() == expected


def _other():
    return {
        "id": "evt_other",
        "object": "event",
        "type": "invoice.paid",
        "data": {"object": {"object": "invoice"}},
    }


@pytest.mark.parametrize(
    ("_case", "change"),
    [
        ("unknown type", {"type": "customer.created"}),
        ("a type of tomorrow", {"type": "checkout.session.reconsidered"}),
    ],
)
def test_an_unknown_type_is_answered_200_and_does_nothing(_case, change, order, client, facts):
    before = facts()

    assert post(client, body(order) | change).status_code == 200
    assert facts() == before


def test_an_order_nobody_knows_is_answered_200(order, client, facts):
    before = facts()
    message = body(order, metadata={"order": "HL-NOBODYS", "platform": "testserver"})

    assert post(client, message).status_code == 200
    assert facts()[:4] == before[:4]


@pytest.mark.parametrize(
    ("_case", "signature"),
    [
        ("none", lambda payload: ""),
        ("garbage", lambda payload: "hello"),
        ("another secret", lambda payload: sign(payload, "whsec_forged")),
        ("of another body", lambda payload: sign(payload + b" ")),
        ("too old", lambda payload: sign(payload, timestamp=int(time.time()) - 301)),
        ("a day old", lambda payload: sign(payload, timestamp=int(time.time()) - 86_400)),
        ("another scheme", lambda payload: sign(payload).replace("v1=", "v0=")),
        ("cut", lambda payload: sign(payload)[:-1]),
        ("unsigned, v0 beside", lambda payload: f"t={int(time.time())},v0=abc,v1="),
        ("not ASCII", lambda payload: f"t={int(time.time())},v1=ế"),
    ],
)
def test_a_bad_signature_is_refused_and_changes_nothing(_case, signature, order, client, facts):
    before = facts()
    payload = json.dumps(body(order)).encode()

    assert post(client, payload, signature(payload)).status_code == 400
    assert facts() == before


@pytest.mark.parametrize(
    ("_case", "payload"),
    [
        ("nothing", b""),
        ("not JSON", b"payment=ok"),
        ("null", b"null"),
        ("a list", b"[]"),
        ("half", b'{"object": "event"'),
        ("no object", b'{"object": "event", "id": "evt_1", "type": "x", "data": {}}'),
    ],
)
def test_a_signed_body_that_is_no_event_is_refused(_case, payload, order, client, facts):
    before = facts()

    assert post(client, payload).status_code == 400
    assert facts() == before


def test_bytes_that_are_no_text_are_refused(order, client):
    assert post(client, b"\xff\xfe\x00", f"t={int(time.time())},v1=abc").status_code == 400


def test_a_huge_body_is_refused_unread(order, client, facts):
    before = facts()

    answer = post(client, b"x" * 5_000_000, "t=1,v1=abc")

    assert answer.status_code in (400, 413)
    assert facts() == before


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete"])
def test_other_methods_are_not_allowed(method, order, client, facts):
    before = facts()

    assert getattr(client, method)(ENDPOINT).status_code == 405
    assert facts() == before


def test_a_lock_that_cannot_be_had_asks_for_the_event_again(order, client, monkeypatch, facts):
    before = facts()
    message = body(order)

    def busy():
        raise OperationalError("database is locked")

    with monkeypatch.context() as broken:
        broken.setattr(payments, "orders_for_update", busy)
        assert post(client, message).status_code == 503
    assert facts() == before

    assert post(client, message).status_code == 200
    assert state() == "paid"


def test_a_late_event_of_money_that_went_back_is_answered_200(order, client):
    """A refusal would be repeated for days."""
    post(client, body(order))
    for target in (Order.State.REFUND_DUE, Order.State.REFUNDED):
        orders.move(Order.objects.get(), target)
    Order.objects.get().payment.__class__.objects.update(state="refunded")

    assert post(client, body(order, "checkout_async_payment_succeeded")).status_code == 200
    assert state() == "refunded"
