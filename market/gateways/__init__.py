"""The way to the payment service. Nothing outside this package imports its client library."""

from django.conf import settings
from django.utils.module_loading import import_string

from market.gateways.base import (
    BadSignature,
    CheckoutLink,
    CheckoutState,
    GatewayError,
    GatewayEvent,
    GatewayRefused,
    GatewayUnavailable,
    PaymentGateway,
)

__all__ = [
    "BadSignature",
    "CheckoutLink",
    "CheckoutState",
    "GatewayError",
    "GatewayEvent",
    "GatewayRefused",
    "GatewayUnavailable",
    "PaymentGateway",
    "gateway",
    "is_configured",
]

DEFAULT = "market.gateways.stripe.StripeGateway"


def is_configured() -> bool:
    """Return whether there is an account to be paid into; without one nothing can be ordered."""
    return bool(settings.STRIPE_SECRET_KEY)


def gateway() -> PaymentGateway:
    """Return the payment service that the settings name."""
    named: PaymentGateway = import_string(getattr(settings, "PAYMENT_GATEWAY", DEFAULT))()
    return named
