"""Stripe's hosted Checkout, behind the market's own words."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import get_language

import stripe

from market.gateways.base import (
    BadSignature,
    CheckoutLink,
    CheckoutState,
    CheckoutStatus,
    GatewayEvent,
    GatewayRefused,
    GatewayUnavailable,
)

TIMEOUT_SECONDS = 10
TOLERANCE_SECONDS = 300

CHECKOUT_EVENTS = frozenset(
    {
        "checkout.session.completed",
        "checkout.session.async_payment_succeeded",
        "checkout.session.async_payment_failed",
        "checkout.session.expired",
    }
)

# Languages of the hosted page that ours may become; for any other it goes by the browser.
LOCALES = frozenset({"en", "fr", "ja", "ko", "th", "vi", "zh"})

# Answers that say nothing about the request itself: lock or key in use, too early, too many.
TRY_AGAIN = frozenset({408, 409, 425, 429})


class StripeGateway:
    """Payments through Stripe, or through the fake that listens at STRIPE_API_BASE."""

    def __init__(self) -> None:
        self._client = stripe.StripeClient(
            settings.STRIPE_SECRET_KEY,
            base_addresses={"api": settings.STRIPE_API_BASE},
            max_network_retries=1,
            http_client=stripe.RequestsClient(
                timeout=TIMEOUT_SECONDS, proxy=_proxy_for(settings.STRIPE_API_BASE)
            ),
        )

    def open_checkout(
        self,
        *,
        reference: str,
        amount_minor: int,
        currency: str,
        description: str,
        email: str,
        success_url: str,
        cancel_url: str,
        expires_at: datetime,
        key: str,
    ) -> CheckoutLink:
        """Open a hosted payment page for one order. See PaymentGateway."""
        params: dict[str, Any] = {
            "mode": "payment",
            "payment_method_types": ["card"],
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": currency.lower(),
                        "unit_amount": amount_minor,  # đồng have no smaller unit: never × 100
                        "product_data": {"name": description},
                    },
                }
            ],
            "client_reference_id": reference,
            "metadata": {"order": reference, "platform": _platform()},
            "locale": _locale(),
            "success_url": success_url,
            "cancel_url": cancel_url,
            "expires_at": int(expires_at.timestamp()),
        }
        if email:
            params["customer_email"] = email
        with _translated_errors():
            session = self._client.v1.checkout.sessions.create(
                cast(Any, params), {"idempotency_key": _required(key)}
            )
        return CheckoutLink(session_id=session.id, url=session.url or "")

    def read_checkout(self, *, session_id: str) -> CheckoutState:
        """Return the present state of a payment page."""
        with _translated_errors():
            session = self._client.v1.checkout.sessions.retrieve(_required(session_id))
        return _checkout_state(session.to_dict())

    def expire_checkout(self, *, session_id: str) -> CheckoutState:
        """Close an open payment page; one that is complete or expired is returned as it is."""
        try:
            with _translated_errors():
                session = self._client.v1.checkout.sessions.expire(_required(session_id))
        except GatewayRefused:
            # Stripe refuses to expire what is no longer open. Only its state can tell that
            # apart from a real refusal.
            state = self.read_checkout(session_id=session_id)
            if state.status == "open":
                raise
            return state
        return _checkout_state(session.to_dict())

    def refund(self, *, payment_intent: str, amount_minor: int, key: str) -> str:
        """Give money back and return the refund's identifier.

        Raises GatewayRefused also when the bank turns the refund down at once.
        """
        with _translated_errors():
            refund = self._client.v1.refunds.create(
                {"payment_intent": payment_intent, "amount": amount_minor},
                {"idempotency_key": _required(key)},
            )
        if refund.status in ("failed", "canceled"):
            raise GatewayRefused(f"Refund {refund.id} is {refund.status}.")
        return refund.id

    def read_event(self, *, payload: bytes, signature: str) -> GatewayEvent:
        """Verify a webhook offline and return what it says. Raises BadSignature."""
        event = _verified(payload, signature)
        session = event["data"]["object"]
        is_ours = (
            event["type"] in CHECKOUT_EVENTS
            and session.get("object") == "checkout.session"
            and (session.get("metadata") or {}).get("platform") == _platform()
        )
        return GatewayEvent(
            id=event["id"],
            type=event["type"],
            checkout=_checkout_state(session) if is_ours else None,
        )


def _verified(payload: bytes, signature: str) -> dict[str, Any]:
    """Return the event of a body that one of our webhook secrets signed. Raises BadSignature."""
    if not any(_is_signed(payload, signature, secret) for secret in _webhook_secrets()):
        raise BadSignature("The signature does not fit the body, or is too old.")
    try:
        event = json.loads(payload)
    except ValueError as error:
        raise BadSignature("The body is not JSON.") from error
    match event:
        case {"object": "event", "id": str(), "type": str(), "data": {"object": dict()}}:
            return cast(dict[str, Any], event)
    raise BadSignature("The body is not an event.")


def _is_signed(payload: bytes, signature: str, secret: str) -> bool:
    try:
        stripe.WebhookSignature.verify_header(payload, signature, secret, TOLERANCE_SECONDS)
    except (stripe.SignatureVerificationError, ValueError, TypeError):
        # ValueError: the body is not UTF-8. TypeError: the header is not ASCII.
        return False
    return True


def _webhook_secrets() -> list[str]:
    """Return the secrets we accept; while one is replaced there are two, with a comma between."""
    return [part.strip() for part in settings.STRIPE_WEBHOOK_SECRET.split(",") if part.strip()]


def _checkout_state(session: dict[str, Any]) -> CheckoutState:
    """Translate a Checkout Session. Raises GatewayRefused if it is something else."""
    if session.get("object") != "checkout.session":
        raise GatewayRefused("The payment service answered with something else than a checkout.")
    metadata = session.get("metadata") or {}
    intent = session.get("payment_intent") or ""
    return CheckoutState(
        session_id=session["id"],
        reference=metadata.get("order") or session.get("client_reference_id") or "",
        status=cast(CheckoutStatus, session.get("status") or "open"),
        is_paid=session.get("payment_status") == "paid",
        amount_minor=session.get("amount_total") or 0,
        currency=(session.get("currency") or "").upper(),
        payment_intent=intent["id"] if isinstance(intent, dict) else intent,
    )


@contextmanager
def _translated_errors() -> Iterator[None]:
    """Raise GatewayUnavailable or GatewayRefused for what the client library raises."""
    try:
        yield
    except stripe.StripeError as error:
        message = f"{type(error).__name__}: {' '.join(str(error).split())}"
        if _is_worth_retrying(error):
            raise GatewayUnavailable(message) from error
        raise GatewayRefused(message) from error


def _is_worth_retrying(error: stripe.StripeError) -> bool:
    if isinstance(error, stripe.APIConnectionError | stripe.RateLimitError):
        return True
    status = error.http_status
    if status is None:  # raised before anything was sent, as without a key
        return False
    return status in TRY_AGAIN or not 400 <= status < 500


def _platform() -> str:
    """Return the name by which our sessions are told from others on the same Stripe account."""
    return str(urlsplit(settings.BASE_URL).netloc)


def _locale() -> str:
    language = (get_language() or "").split("-")[0]
    return language if language in LOCALES else "auto"


def _proxy_for(base: str) -> Any:
    """Return no proxy for a service on this machine, else leave it to the environment."""
    is_local = urlsplit(base).hostname in ("127.0.0.1", "localhost", "::1")
    return {"http": None, "https": None} if is_local else None


def _required(value: str) -> str:
    """Refuse an empty identifier or key, which Stripe would read as "none" and act on."""
    if not value:
        raise ValueError("An identifier or key must not be empty.")
    return value
