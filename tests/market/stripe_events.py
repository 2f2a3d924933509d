"""What Stripe would post: bodies after `tests/data/stripe/`, with a signature really computed."""

import itertools
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

import stripe

from market.gateways import CheckoutState, GatewayEvent
from market.models import Order

BODIES = Path(__file__).resolve().parents[1] / "data" / "stripe"
ENDPOINT = "/webhooks/stripe/"

_numbers = itertools.count(1)


def paid(order: Order, **changes: Any) -> CheckoutState:
    """Return the payment page of an order as it is once somebody has paid it."""
    said = {
        "session_id": f"cs_{order.reference}",
        "reference": order.reference,
        "status": "complete",
        "is_paid": True,
        "amount_minor": order.total_minor,
        "currency": order.currency,
        "payment_intent": f"pi_{order.reference}",
    }
    return CheckoutState(**(said | changes))


def unpaid(order: Order, **changes: Any) -> CheckoutState:
    """Return the payment page of an order as it is once it ran out."""
    nothing = {"status": "expired", "is_paid": False, "payment_intent": ""}
    return paid(order, **(nothing | changes))


def event(type_: str, checkout: CheckoutState | None, id_: str = "") -> GatewayEvent:
    """Return a verified event; without an id it is a new one."""
    return GatewayEvent(
        id=id_ or f"evt_test{next(_numbers)}",
        type=f"checkout.session.{type_}",
        checkout=checkout,
    )


def body(order: Order, name: str = "checkout_completed", **changes: Any) -> dict[str, Any]:
    """Return a stored body made to speak of an order; changes go to its session."""
    message = json.loads((BODIES / f"{name}.json").read_text(encoding="utf-8"))
    session = message["data"]["object"]
    message["id"] = f"evt_posted{next(_numbers)}"
    session["id"] = f"cs_{order.reference}"
    session["client_reference_id"] = order.reference
    session["amount_total"] = session["amount_subtotal"] = order.total_minor
    session["currency"] = order.currency.lower()
    if "order" in session["metadata"]:
        session["metadata"]["order"] = order.reference
    if session["payment_intent"]:
        session["payment_intent"] = f"pi_{order.reference}"
    session.update(changes)
    return message


def sign(payload: bytes, secret: str = "", timestamp: int | None = None) -> str:
    """Return the signature header of a body."""
    return stripe.WebhookSignature.generate_signature_header(
        payload.decode(), secret or settings.STRIPE_WEBHOOK_SECRET, timestamp
    )


def post(client: Client, message: dict[str, Any] | bytes, signature: str | None = None):
    """Post a message to the webhook, signed with the site's secret unless told otherwise."""
    payload = message if isinstance(message, bytes) else json.dumps(message).encode()
    return client.post(
        ENDPOINT,
        payload,
        content_type="application/json",
        headers={"stripe-signature": sign(payload) if signature is None else signature},
    )
