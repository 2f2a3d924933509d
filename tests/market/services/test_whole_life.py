"""Whatever happens in whatever order: no kilogram and no đồng appears or disappears."""

import uuid
from datetime import timedelta

from django.core.management import call_command
from django.db import transaction
from django.db.models import Sum
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

from market.exceptions import InsufficientStock, MarketError, MoveNotAllowed
from market.models import LotMovement, Order, StripeReference
from market.services import orders, payments
from tests.factories.market import BuyerMemberFactory, LotFactory
from tests.market.stripe_events import event, paid, unpaid

State = Order.State
LISTED = 100_000
PRICE = 20_000_000  # so that a gram is a payment


class Market(RuleBasedStateMachine):
    """One lot, one buyer, and a model of what must be left after each step."""

    orders = Bundle("orders")
    events = Bundle("events")

    def __init__(self):
        super().__init__()
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

    def forget_pages(self):
        """Nobody is to be asked how a page stands: here all that is known comes as an event."""
        StripeReference.objects.all().delete()

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
        return order

    @rule(
        target=events,
        order=orders,
        kind=st.sampled_from(["completed", "async_payment_succeeded", "expired", "wrong"]),
    )
    def happen(self, order, kind):
        """Something happens at the payment service; whether and when we hear of it is open."""
        if kind == "expired":
            return event("expired", unpaid(order))
        if kind == "wrong":
            return event("completed", paid(order, amount_minor=order.total_minor + 1))
        return event(kind, paid(order))

    @rule(told=events)
    def hear(self, told):
        """An event arrives, perhaps late, perhaps not for the first time."""
        order = Order.objects.get(reference=told.checkout.reference)
        was, grams = self.known[order.pk]
        is_new = told.id not in self.seen
        assert payments.process(told) is is_new
        if not is_new:
            return
        self.seen.add(told.id)
        now = was
        if not told.checkout.is_paid:
            now = State.EXPIRED if was == State.PENDING else was
        elif was == State.PENDING and told.checkout.amount_minor == order.total_minor:
            now = State.PAID
        elif was in (State.PENDING, State.EXPIRED, State.CANCELLED):
            now = State.REFUND_DUE
        self.known[order.pk] = (now, grams)

    @rule(order=orders)
    def cancel(self, order):
        was, grams = self.known[order.pk]
        self.forget_pages()
        try:
            orders.cancel(order=order, person=self.person)
        except MoveNotAllowed:
            assert was != State.PENDING
        else:
            assert was == State.PENDING
            self.known[order.pk] = (State.CANCELLED, grams)

    @rule(order=orders)
    def run_out(self, order):
        past = timezone.now() - timedelta(minutes=1)
        Order.objects.filter(pk=order.pk).update(held_until=past)
        was, grams = self.known[order.pk]
        self.forget_pages()
        overdue = Order.objects.overdue().count()
        assert orders.expire_overdue() == overdue == (was == State.PENDING)
        if was == State.PENDING:
            self.known[order.pk] = (State.EXPIRED, grams)

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
            has_money = order.payment.received_minor > 0
            assert has_money == (order.state in (State.PAID, State.REFUND_DUE))

    @invariant()
    def the_command_finds_nothing(self):
        call_command("check_ledger", stdout=_Nowhere())


class _Nowhere:
    def write(self, text):
        """Take what is printed."""


@pytest.mark.django_db
def test_the_ledger_agrees_whatever_happens():
    run_state_machine_as_test(
        Market,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
