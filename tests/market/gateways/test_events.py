import json
import time
from pathlib import Path

import pytest
import stripe

from market.gateways import BadSignature, CheckoutState, gateway

BODIES = Path(__file__).resolve().parents[2] / "data" / "stripe"
SECRET = "whsec_tests"


def body(name: str) -> bytes:
    return (BODIES / f"{name}.json").read_bytes()


def sign(payload: bytes, secret: str = SECRET, timestamp: int | None = None) -> str:
    return stripe.WebhookSignature.generate_signature_header(payload.decode(), secret, timestamp)


def read(payload: bytes, signature: str | None = None):
    return gateway().read_event(
        payload=payload, signature=sign(payload) if signature is None else signature
    )


@pytest.mark.parametrize(
    ("name", "type_", "status", "is_paid", "intent"),
    [
        ("checkout_completed", "completed", "complete", True, "pi_a1b2c3"),
        ("checkout_completed_unpaid", "completed", "complete", False, "pi_a1b2c3"),
        (
            "checkout_async_payment_succeeded",
            "async_payment_succeeded",
            "complete",
            True,
            "pi_a1b2c3",
        ),
        ("checkout_async_payment_failed", "async_payment_failed", "complete", False, "pi_a1b2c3"),
        ("checkout_expired", "expired", "expired", False, ""),
    ],
)
def test_an_event_of_ours_carries_its_checkout(name, type_, status, is_paid, intent):
    event = read(body(name))

    assert event.id.startswith("evt_checkout")
    assert event.type == f"checkout.session.{type_}"
    assert event.checkout == CheckoutState(
        session_id="cs_test_a1b2c3",
        reference="HL-1",
        status=status,
        is_paid=is_paid,
        amount_minor=4_500_000,
        currency="VND",
        payment_intent=intent,
    )


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("checkout_completed_foreign", "checkout.session.completed"),
        ("checkout_completed_other_platform", "checkout.session.completed"),
        ("payment_intent_failed", "payment_intent.payment_failed"),
    ],
)
def test_what_is_not_ours_carries_no_checkout(name, type_):
    event = read(body(name))

    assert event.type == type_
    assert event.checkout is None


def test_a_signature_with_another_secret_is_bad():
    payload = body("checkout_completed")

    with pytest.raises(BadSignature):
        read(payload, sign(payload, "whsec_forged"))


def test_a_changed_body_is_bad():
    payload = body("checkout_completed")

    with pytest.raises(BadSignature):
        read(payload.replace(b"4500000", b"4500001"), sign(payload))


@pytest.mark.parametrize(("_case", "age"), [("just too old", 302), ("a day old", 86_400)])
def test_an_old_signature_is_bad(_case, age):
    payload = body("checkout_completed")

    with pytest.raises(BadSignature):
        read(payload, sign(payload, timestamp=int(time.time()) - age))


def test_a_signature_of_some_minutes_ago_is_good():
    payload = body("checkout_completed")

    assert read(payload, sign(payload, timestamp=int(time.time()) - 290)).checkout


@pytest.mark.parametrize(
    ("_case", "header"),
    [
        ("none", ""),
        ("no scheme", "hello"),
        ("no time", "v1=abc"),
        ("another scheme", "t={now},v0=abc"),
        ("letters that are not ASCII", "t={now},v1=ế"),
        ("a number too long to be a time", f"t={'9' * 5000},v1=abc"),
    ],
)
def test_a_garbled_header_is_bad(_case, header):
    with pytest.raises(BadSignature):
        read(body("checkout_completed"), header.format(now=int(time.time())))


@pytest.mark.parametrize(
    ("_case", "payload"),
    [
        ("nothing", b""),
        ("not JSON", b"payment=ok"),
        ("a list", b"[]"),
        ("null", b"null"),
        ("no object", b'{"object": "event", "id": "evt_1", "type": "x", "data": {}}'),
        ("not an event", b'{"object": "charge", "id": "ch_1"}'),
    ],
)
def test_a_signed_body_that_is_no_event_is_bad(_case, payload):
    with pytest.raises(BadSignature):
        read(payload)


def test_bytes_that_are_no_text_are_bad():
    with pytest.raises(BadSignature):
        read(b"\xff\xfe", "t=1,v1=abc")


def test_without_a_secret_nothing_is_believed(settings):
    settings.STRIPE_WEBHOOK_SECRET = ""
    payload = body("checkout_completed")

    with pytest.raises(BadSignature):
        read(payload, sign(payload, secret=""))


@pytest.mark.parametrize("secret", ["whsec_old", "whsec_new"])
def test_while_a_secret_is_replaced_both_are_good(secret, settings):
    settings.STRIPE_WEBHOOK_SECRET = "whsec_new, whsec_old"
    payload = body("checkout_completed")

    assert read(payload, sign(payload, secret)).checkout


def test_an_expanded_payment_intent_is_read_by_its_identifier():
    event = json.loads(body("checkout_completed"))
    event["data"]["object"]["payment_intent"] = {"id": "pi_whole", "object": "payment_intent"}

    assert read(json.dumps(event).encode()).checkout.payment_intent == "pi_whole"
