"""Whatever happens in whatever order: no kilogram and no đồng appears or disappears."""

import uuid
from contextlib import contextmanager
from datetime import timedelta

from django.core.management import call_command
from django.db import transaction
from django.db.models import Sum
from django.test import override_settings
from django.utils import timezone

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from market.exceptions import (
    FormAlreadySent,
    InsufficientStock,
    MarketError,
    MoveNotAllowed,
    PaymentArriving,
)
from market.gateways import CheckoutState, GatewayUnavailable
from market.models import LotMovement, Order
from market.services import checkout, expiry, orders, payments, refunds
from tests.factories.market import BuyerMemberFactory, LotFactory
from tests.market.interruptions import PagesInMemory, named
from tests.market.stripe_events import event, paid, unpaid

State = Order.State
LISTED = 100_000
PRICE = 20_000_000  # so that a gram is a payment
HAS_MONEY = (State.PAID, State.REFUND_DUE, State.REFUNDED)

sometimes_away = st.sampled_from([False, False, False, True])


@contextmanager
def service(*, is_away):
    """Ask the payment service while it is there, or while it is not."""
    PagesInMemory.is_away = is_away
    yield
    PagesInMemory.is_away = False


class Market(RuleBasedStateMachine):
    """One lot, one buyer, and a model of what must be left after each step."""

    orders = Bundle("orders")
    events = Bundle("events")

    def __init__(self):
        super().__init__()
        PagesInMemory.forget()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        # As in a test case: what is durable outside may be inside here.
        self.transaction._from_testcase = True
        self.lot = LotFactory(grams=LISTED, price_minor_per_kg=PRICE, minimum_grams=1_000)
        member = BuyerMemberFactory()
        self.buyer, self.person = member.buyer, member.person
        self.known: dict[int, tuple[str, int]] = {}  # order → state, grams
        self.seen: set[str] = set()

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def left(self):
        return LISTED - sum(
            grams for state, grams in self.known.values() if state in (State.PENDING, State.PAID)
        )

    def page_of(self, order) -> CheckoutState | None:
        """Return how the page of an order stands, if we know that it has one."""
        return PagesInMemory.pages.get(order.payment.reference_starting("cs_"))

    def after_money(self, order, page: CheckoutState):
        """Return where an order goes when we hear of money on its page."""
        was, _grams = self.known[order.pk]
        if was in HAS_MONEY:
            return was
        fits = page.amount_minor == order.total_minor
        return State.PAID if was == State.PENDING and fits else State.REFUND_DUE

    def becomes(self, order, state):
        self.known[order.pk] = (state, self.known[order.pk][1])

    @rule(target=orders, grams=st.integers(1, 60_000), again=st.booleans())
    def place(self, grams, again):
        token, left = uuid.uuid4(), self.left()
        said = {"lot": self.lot, "buyer": self.buyer, "person": self.person, "grams": grams}
        try:
            order = orders.place(**said, token=token)
        except InsufficientStock:
            assert grams > left or left == 0
            return multiple()
        except MarketError:
            assert grams < min(1_000, left)
            return multiple()
        assert min(1_000, left) <= grams <= left
        self.known[order.pk] = (State.PENDING, grams)
        if again:
            assert orders.place(**said, token=token) == order
            with pytest.raises(FormAlreadySent):
                orders.place(**said | {"grams": grams + 1}, token=token)
        return order

    @rule(
        target=events,
        order=orders,
        kind=st.sampled_from(["completed", "async_payment_succeeded", "expired", "wrong"]),
    )
    def happen(self, order, kind):
        """Something happens at the payment service; whether and when we hear of it is open.

        Also events that contradict each other: the page itself believes the first of them.
        """
        if kind == "expired":
            told = event("expired", unpaid(order))
        elif kind == "wrong":
            told = event("completed", paid(order, amount_minor=order.total_minor + 1))
        else:
            told = event(kind, paid(order))
        page = PagesInMemory.pages.get(told.checkout.session_id)
        if page is None or page.status == "open":
            PagesInMemory.pages[told.checkout.session_id] = told.checkout
        return told

    @rule(told=events)
    def hear(self, told):
        """An event arrives, perhaps late, perhaps not for the first time."""
        order = Order.objects.get(reference=told.checkout.reference)
        was, _grams = self.known[order.pk]
        is_new = told.id not in self.seen
        assert payments.process(told) is is_new
        if not is_new:
            return
        self.seen.add(told.id)
        if told.checkout.is_paid:
            self.becomes(order, self.after_money(order, told.checkout))
        elif was == State.PENDING:
            self.becomes(order, State.EXPIRED)

    @rule(order=orders, is_away=sometimes_away)
    def open_page(self, order, is_away):
        order = Order.objects.select_related("payment").get(pk=order.pk)
        was, _grams = self.known[order.pk]
        try:
            with service(is_away=is_away):
                url = checkout.open_checkout(order)
        except MoveNotAllowed:
            assert was != State.PENDING
        except GatewayUnavailable:
            assert is_away
        else:
            assert was == State.PENDING
            assert url == f"https://pay.example/cs_{order.reference}"

    @rule(order=orders, is_away=sometimes_away)
    def come_back(self, order, is_away):
        """The buyer comes back from the page, perhaps before we hear of their payment."""
        page = self.page_of(order)
        try:
            with service(is_away=is_away):
                payments.refresh(order)
        except GatewayUnavailable:
            assert is_away
            assert page
        else:
            if page and page.is_paid:
                self.becomes(order, self.after_money(order, page))

    @rule(order=orders, is_away=sometimes_away)
    def cancel(self, order, is_away):
        was, _grams = self.known[order.pk]
        page = self.page_of(order)
        try:
            with service(is_away=is_away):
                orders.cancel(order=order, person=self.person)
        except GatewayUnavailable:
            assert is_away
            assert page
        except PaymentArriving:
            assert page.status == "complete"
        except MoveNotAllowed:
            assert was not in (State.PENDING, State.EXPIRED)
        else:
            assert was in (State.PENDING, State.EXPIRED)
            if was == State.PENDING:
                self.becomes(order, State.CANCELLED)

    @rule(order=orders, is_away=sometimes_away)
    def run_out(self, order, is_away):
        past = timezone.now() - timedelta(minutes=1)
        Order.objects.filter(pk=order.pk).update(held_until=past)
        expired = 0
        for late in Order.objects.overdue():
            page = self.page_of(late)
            if page and is_away:
                continue  # asked again in the next run
            if page and page.is_paid:
                self.becomes(late, self.after_money(late, page))
            else:
                self.becomes(late, State.EXPIRED)
                expired += 1
        with service(is_away=is_away):
            assert expiry.expire_overdue() == expired

    @rule(order=orders, is_away=sometimes_away)
    def settle(self, order, is_away):
        was, _grams = self.known[order.pk]
        try:
            with service(is_away=is_away):
                refunds.settle(Order.objects.select_related("payment").get(pk=order.pk))
        except MoveNotAllowed:
            assert was != State.REFUND_DUE
        except GatewayUnavailable:
            assert is_away
        else:
            assert was == State.REFUND_DUE
            self.becomes(order, State.REFUNDED)

    @invariant()
    def kilograms_agree(self):
        self.lot.refresh_from_db()
        available = self.lot.available_grams
        in_ledger = LotMovement.objects.filter(lot=self.lot).aggregate(sum=Sum("grams"))["sum"]
        assert 0 <= available == in_ledger == self.left() <= LISTED

    @invariant()
    def orders_are_where_the_model_says(self):
        there = Order.objects.filter(lot=self.lot)
        assert {order.pk: (order.state, order.grams) for order in there} == self.known
        for order in there.select_related("payment"):
            assert (order.payment.received_minor > 0) == (order.state in HAS_MONEY)

    @invariant()
    def what_was_paid_back_is_what_came(self):
        refunded = Order.objects.filter(lot=self.lot, state=State.REFUNDED)
        assert PagesInMemory.refunds == {
            f"pi_{order.reference}": order.payment.received_minor
            for order in refunded.select_related("payment")
        }

    @invariant()
    def the_command_finds_nothing(self):
        call_command("check_ledger", stdout=_Nowhere())


class _Nowhere:
    def write(self, text):
        """Take what is printed."""


@pytest.mark.django_db
@override_settings(PAYMENT_GATEWAY=named(PagesInMemory))
def test_the_ledger_agrees_whatever_happens():
    run_state_machine_as_test(
        Market,
        settings=settings(
            max_examples=30,
            stateful_step_count=25,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
