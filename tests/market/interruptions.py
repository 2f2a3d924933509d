"""Payment services in which something happens while we wait for their answer."""

from market.gateways import CheckoutLink, CheckoutState
from market.gateways.stripe import StripeGateway
from market.models import Order
from market.services import orders, payments
from tests.market.stripe_events import event, paid, unpaid


def named(cls: type) -> str:
    """Return what the setting PAYMENT_GATEWAY has to be."""
    return f"{cls.__module__}.{cls.__qualname__}"


class CancelledMeanwhile(StripeGateway):
    """The buyer cancels in another window while the payment page is being opened."""

    def open_checkout(self, **asked) -> CheckoutLink:
        link = super().open_checkout(**asked)
        order = Order.objects.get(reference=asked["reference"])
        orders.cancel(order=order, person=order.placed_by)
        return link


class ExpiredEventFirst(StripeGateway):
    """The event of an expired page arrives before the answer to the request that expired it."""

    def expire_checkout(self, *, session_id: str) -> CheckoutState:
        state = super().expire_checkout(session_id=session_id)
        order = Order.objects.get(reference=state.reference)
        payments.process(event("expired", unpaid(order, session_id=session_id)))
        return state


class PaidMeanwhile(StripeGateway):
    """The event of a payment arrives while the buyer comes back and we ask how the page stands."""

    def read_checkout(self, *, session_id: str) -> CheckoutState:
        state = super().read_checkout(session_id=session_id)
        order = Order.objects.get(reference=state.reference)
        intent = state.payment_intent
        said = paid(order, session_id=session_id, payment_intent=intent)
        payments.process(event("completed", said))
        return state
