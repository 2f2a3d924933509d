"""Payment services in which something happens while we wait for their answer."""

from dataclasses import replace
from typing import Any, ClassVar

from django.db import connection

from market.gateways import CheckoutLink, CheckoutState, GatewayUnavailable
from market.gateways.stripe import StripeGateway
from market.models import Order
from market.services import orders, payments
from tests.market.stripe_events import event, paid, unpaid


def transactions() -> int:
    """Return how many transactions are open beside those that the test case itself opened."""
    return sum(not block._from_testcase for block in connection.atomic_blocks)


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


class PaidAtTheEnd(StripeGateway):
    """The event of a payment arrives while the page of an order that ran out is being closed."""

    def expire_checkout(self, *, session_id: str) -> CheckoutState:
        state = super().expire_checkout(session_id=session_id)
        order = Order.objects.get(reference=state.reference)
        said = paid(order, session_id=session_id, payment_intent=state.payment_intent)
        payments.process(event("completed", said))
        return state


class AwayAtTheEnd(StripeGateway):
    """The service answers until a page is to be closed."""

    def expire_checkout(self, *, session_id: str) -> CheckoutState:
        raise GatewayUnavailable("away")


class PagesInMemory:
    """A payment service without a network; it is away on request and knows what it was told."""

    pages: ClassVar[dict[str, CheckoutState]] = {}
    refunds: ClassVar[dict[str, int]] = {}
    is_away: ClassVar[bool] = False

    @classmethod
    def forget(cls) -> None:
        cls.pages.clear()
        cls.refunds.clear()
        cls.is_away = False

    def open_checkout(self, *, reference: str, **asked: Any) -> CheckoutLink:
        self._answer()
        order = Order.objects.get(reference=reference)
        page = unpaid(order, status="open", amount_minor=asked["amount_minor"])
        self.pages.setdefault(page.session_id, page)
        return CheckoutLink(page.session_id, f"https://pay.example/{page.session_id}")

    def read_checkout(self, *, session_id: str) -> CheckoutState:
        self._answer()
        return self.pages[session_id]

    def expire_checkout(self, *, session_id: str) -> CheckoutState:
        self._answer()
        page = self.pages[session_id]
        if page.status == "open":
            page = self.pages[session_id] = replace(page, status="expired")
        return page

    def refund(self, *, payment_intent: str, amount_minor: int, key: str) -> str:
        self._answer()
        assert self.refunds.setdefault(payment_intent, amount_minor) == amount_minor
        return f"re_{key}"

    def _answer(self) -> None:
        assert not transactions()
        if self.is_away:
            raise GatewayUnavailable("away")
