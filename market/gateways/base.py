"""What the market asks of a payment service; everything else about it stays in this package."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

CheckoutStatus = Literal["open", "complete", "expired"]


class GatewayError(Exception):
    """The payment service did not do what was asked."""


class GatewayUnavailable(GatewayError):
    """No usable answer: network, overload, an error on their side. Try again with the same key."""


class GatewayRefused(GatewayError):
    """The service understood and said no; asking the same again changes nothing."""


class BadSignature(GatewayError):
    """The message does not come from the payment service, or is too old to believe."""


@dataclass(frozen=True)
class CheckoutLink:
    """A payment page that was opened for an order."""

    session_id: str
    url: str


@dataclass(frozen=True)
class CheckoutState:
    """What the payment service says about one payment page now."""

    session_id: str
    reference: str
    status: CheckoutStatus
    is_paid: bool
    amount_minor: int
    currency: str
    payment_intent: str


@dataclass(frozen=True)
class GatewayEvent:
    """A verified message. `checkout` is None when it is not about a payment page of ours."""

    id: str
    type: str
    checkout: CheckoutState | None


class PaymentGateway(Protocol):
    """A payment service. Every method may raise GatewayUnavailable or GatewayRefused.

    Nothing here may be called inside a database transaction. `key` makes a call repeatable: the
    same key with the same arguments has one effect, with other arguments it is refused.
    """

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
        """Open a payment page in the reader's language.

        `amount_minor` is in the currency's minor unit (whole đồng). Stripe wants `expires_at`
        between 30 minutes and 24 hours away when the request arrives, so leave it a minute more.
        """
        ...

    def read_checkout(self, *, session_id: str) -> CheckoutState:
        """Return the present state of a payment page."""
        ...

    def expire_checkout(self, *, session_id: str) -> CheckoutState:
        """Close an open payment page; one that is complete or expired is returned as it is."""
        ...

    def refund(self, *, payment_intent: str, amount_minor: int, key: str) -> str:
        """Give money back, never more than was taken, and return the refund's identifier."""
        ...

    def read_event(self, *, payload: bytes, signature: str) -> GatewayEvent:
        """Verify a webhook's raw body against its signature header. Raises BadSignature."""
        ...
