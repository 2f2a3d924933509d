"""Two buyers, one remainder: first the race without its guards, then each guard, then the whole.

On PostgreSQL the guard of a lot is its row lock; on SQLite it is the transaction itself, which is
IMMEDIATE and so holds the one write lock from its first statement.
"""

import threading
import time
import uuid
from collections import Counter
from datetime import timedelta
from functools import partial

from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import Sum
from django.test import Client
from django.utils import timezone

import pytest

from market import locks
from market.exceptions import InsufficientStock, MoveNotAllowed, PaymentArriving
from market.gateways import GatewayError
from market.models import Lot, LotMovement, Order, Payment, StripeEvent, StripeReference
from market.services import checkout, expiry, ledger, orders, payments, refunds
from tests.factories.market import BuyerMemberFactory, LotFactory
from tests.market.stripe_events import body, event, paid, post, unpaid

pytestmark = pytest.mark.django_db(transaction=True)

Reason = LotMovement.Reason
State = Order.State


@pytest.fixture
def lot(transactional_db):
    """The last 100 kg."""
    return LotFactory()


@pytest.fixture
def buyers(transactional_db):
    """Two people of two organisations."""
    return [BuyerMemberFactory() for _ in range(2)]


def place_for(member, lot, grams, token=None):
    return orders.place(
        lot=lot,
        buyer=member.buyer,
        person=member.person,
        grams=grams,
        token=token or uuid.uuid4(),
    )


def bare_order(member, lot, grams):
    """Write an order as a careless service would, without asking for a lock."""
    return Order.objects.create(
        reference=f"HL-{uuid.uuid4().hex[:8]}",
        token=uuid.uuid4(),
        buyer=member.buyer,
        placed_by=member.person,
        lot=lot,
        grams=grams,
        price_minor_per_kg=lot.price_minor_per_kg,
        total_minor=1,
        currency="VND",
        held_until=timezone.now(),
        language="vi",
    )


def outcome(results):
    """Count results by what they are: the name of an exception, or "sold"."""
    return Counter(type(one).__name__ if isinstance(one, Exception) else "sold" for one in results)


def ledger_of(lot):
    """Return what is left and what the movements add up to."""
    lot.refresh_from_db()
    return lot.available_grams, lot.movements.aggregate(sum=Sum("grams"))["sum"]


@pytest.fixture
def both_have_looked():
    """Where two careless buyers wait for each other between looking and taking."""
    return threading.Barrier(2, timeout=20)


@pytest.fixture
def lingering(monkeypatch):
    """Make every order take its time between the check and the taking, so that races are met."""
    check = orders._check

    def slowly(*args):
        check(*args)
        time.sleep(0.15)

    monkeypatch.setattr(orders, "_check", slowly)


# The three that belong together


def test_without_any_guard_two_buyers_get_the_last_kilograms(
    lot, buyers, at_once, both_have_looked
):
    """If this fails, the tests below prove nothing: the race is no longer provoked."""

    def careless(member):
        seen = Lot.objects.get(pk=lot.pk).available_grams
        both_have_looked.wait()
        if lot.available_grams > seen:
            raise InsufficientStock(seen)
        with transaction.atomic():
            order = bare_order(member, lot, 100_000)
            LotMovement.objects.create(lot=lot, grams=-100_000, reason=Reason.RESERVED, order=order)
            Lot.objects.filter(pk=lot.pk).update(available_grams=seen - 100_000)

    results = at_once(*(partial(careless, member) for member in buyers))

    assert outcome(results) == {"sold": 2}
    assert Order.objects.aggregate(sum=Sum("grams"))["sum"] == 200_000
    assert ledger_of(lot) == (0, -100_000)  # the constraint was never asked
    with pytest.raises(CommandError):
        call_command("check_ledger")


def test_without_the_lock_the_constraint_stops_the_second(lot, buyers, at_once, both_have_looked):
    def unlocked(member):
        if Lot.objects.get(pk=lot.pk).available_grams < 100_000:
            raise InsufficientStock(0)
        both_have_looked.wait()
        with transaction.atomic():
            order = bare_order(member, lot, 100_000)
            ledger.post(lot=lot, grams=-100_000, reason=Reason.RESERVED, order=order)

    results = at_once(*(partial(unlocked, member) for member in buyers))

    assert outcome(results) == {"sold": 1, "IntegrityError": 1}
    assert Order.objects.count() == 1
    assert ledger_of(lot) == (0, 0)


def test_with_the_lock_the_second_is_told_that_nothing_is_left(lot, buyers, at_once, lingering):
    results = at_once(*(partial(place_for, member, lot, 100_000) for member in buyers))

    assert outcome(results) == {"sold": 1, "InsufficientStock": 1}
    refusal = next(one for one in results if isinstance(one, InsufficientStock))
    assert refusal.available_grams == 0
    assert Order.objects.count() == Payment.objects.count() == 1
    assert ledger_of(lot) == (0, 0)
    call_command("check_ledger")


def test_what_the_row_lock_is_for(lot, buyers, at_once, lingering, monkeypatch):
    """Placing without it: on PostgreSQL the constraint is all that is left to stop the second."""
    monkeypatch.setattr(orders, "lots_for_update", Lot.objects.all)

    results = at_once(*(partial(place_for, member, lot, 100_000) for member in buyers))

    stopped_by = "IntegrityError" if connection.vendor == "postgresql" else "InsufficientStock"
    assert outcome(results) == {"sold": 1, stopped_by: 1}
    assert ledger_of(lot) == (0, 0)


# Many at once


def test_of_sixteen_buyers_of_ten_kilograms_ten_get_them(lot, at_once):
    members = [BuyerMemberFactory() for _ in range(16)]

    results = at_once(*(partial(place_for, member, lot, 10_000) for member in members))

    assert outcome(results) == {"sold": 10, "InsufficientStock": 6}
    assert ledger_of(lot) == (0, 0)


@pytest.mark.service("postgresql")
def test_orders_of_different_lots_do_not_wait_for_each_other(buyers, at_once, lingering):
    lots = [LotFactory() for _ in range(2)]
    inside = threading.Barrier(2, timeout=10)
    post_to_ledger = ledger.post

    def meet(**said):
        inside.wait()  # both are between lock and commit, or this times out
        return post_to_ledger(**said)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "post", meet)
        results = at_once(
            *(
                partial(place_for, member, lot, 100_000)
                for member, lot in zip(buyers, lots, strict=True)
            )
        )

    assert outcome(results) == {"sold": 2}


def test_a_double_click_is_one_order(lot, buyers, at_once, lingering):
    token = uuid.uuid4()

    results = at_once(*[partial(place_for, buyers[0], lot, 40_000, token)] * 2)

    assert outcome(results) == {"sold": 2}
    assert results[0] == results[1] == Order.objects.get()
    assert ledger_of(lot) == (60_000, 60_000)


def test_one_form_for_two_lots_at_once_is_one_order(lot, buyers, at_once, lingering):
    """Each lot has a lock of its own; the token in the database stops the second."""
    lots, token = [lot, LotFactory()], uuid.uuid4()

    results = at_once(*(partial(place_for, buyers[0], one, 40_000, token) for one in lots))

    assert outcome(results) == {"sold": 1, "FormAlreadySent": 1}
    assert Order.objects.count() == Payment.objects.count() == 1
    assert sorted(ledger_of(one) for one in lots) == [(60_000, 60_000), (100_000, 100_000)]


def test_one_form_with_other_kilograms_at_once_is_one_order(lot, buyers, at_once, lingering):
    token = uuid.uuid4()

    results = at_once(*(partial(place_for, buyers[0], lot, g, token) for g in (10_000, 20_000)))

    assert outcome(results) == {"sold": 1, "FormAlreadySent": 1}
    left = 100_000 - Order.objects.get().grams
    assert ledger_of(lot) == (left, left)


def test_two_windows_that_open_the_payment_page_open_one(lot, buyers, at_once, fake_stripe):
    order = place_for(buyers[0], lot, 40_000)
    fresh = [Order.objects.select_related("payment").get() for _ in range(2)]

    first, second = at_once(*(partial(checkout.open_checkout, one) for one in fresh))

    assert first == second == Payment.objects.get().checkout_url
    assert len(fake_stripe.account.list_sessions({})["data"]) == 1
    assert StripeReference.objects.get().payment == order.payment


# Money


def test_an_event_delivered_by_four_threads_has_one_effect(lot, buyers, at_once):
    order = place_for(buyers[0], lot, 40_000)
    message = body(order)

    answers = at_once(*[lambda: post(Client(), message).status_code] * 4)

    assert answers == [200] * 4
    order.refresh_from_db()
    assert (order.state, order.payment.received_minor) == (State.PAID, 3_000_000)
    assert StripeEvent.objects.count() == order.movements.filter(grams__lt=0).count() == 1
    assert StripeReference.objects.count() == 2
    assert ledger_of(lot) == (60_000, 60_000)


def test_of_four_deliveries_one_says_that_it_was_new(lot, buyers, at_once):
    told = event("expired", unpaid(place_for(buyers[0], lot, 40_000)))

    assert sorted(at_once(*[partial(payments.process, told)] * 4)) == [False] * 3 + [True]
    assert ledger_of(lot) == (100_000, 100_000)


def test_different_events_of_one_payment_at_once_count_it_once(lot, buyers, at_once):
    order = place_for(buyers[0], lot, 40_000)
    told = [
        event("completed", paid(order)),
        event("async_payment_succeeded", paid(order)),
        event("completed", paid(order)),
    ]

    assert at_once(*(partial(payments.process, one) for one in told)) == [True] * 3
    order.refresh_from_db()
    assert (order.state, order.payment.received_minor) == (State.PAID, 3_000_000)
    assert ledger_of(lot) == (60_000, 60_000)


@pytest.mark.parametrize("_round", range(4))
def test_an_order_that_is_paid_while_it_expires_is_one_or_the_other(
    _round, lot, buyers, at_once, fake_stripe
):
    order = place_for(buyers[0], lot, 40_000)
    checkout.open_checkout(order)
    session_id = order.payment.reference_starting("cs_")
    fake_stripe.account.pay(session_id)
    intent = fake_stripe.account.session(session_id)["payment_intent"]
    told = event("completed", paid(order, session_id=session_id, payment_intent=intent))
    after = order.held_until + timedelta(seconds=1)

    results = at_once(
        partial(expiry.expire_overdue, at=after),
        partial(payments.process, told),
        partial(expiry.expire_overdue, at=after),
    )

    assert results == [0, True, 0]
    order.refresh_from_db()
    # Whoever hears of it first, the page says that it is paid: nothing is given back.
    assert (order.state, order.payment.received_minor) == (State.PAID, 3_000_000)
    assert ledger_of(lot) == (60_000, 60_000)


@pytest.mark.parametrize("_round", range(3))
def test_the_end_of_a_hold_and_a_cancellation_at_once_give_back_once(
    _round, lot, buyers, at_once, fake_stripe
):
    order = place_for(buyers[0], lot, 40_000)
    checkout.open_checkout(order)
    after = order.held_until + timedelta(seconds=1)

    expired, cancelled = at_once(
        partial(expiry.expire_overdue, at=after),
        partial(orders.cancel, order=order, person=buyers[0].person),
    )

    assert not isinstance(cancelled, Exception)
    order.refresh_from_db()
    assert order.state == (State.EXPIRED if expired else State.CANCELLED)
    assert cancelled.state == order.state
    assert ledger_of(lot) == (100_000, 100_000)


def test_two_clocks_that_expire_the_same_orders_count_each_once(lot, buyers, at_once):
    for _ in range(5):
        place_for(buyers[0], lot, 10_000)
    after = timezone.now() + timedelta(hours=2)

    assert sum(at_once(*[partial(expiry.expire_overdue, at=after)] * 3)) == 5
    assert ledger_of(lot) == (100_000, 100_000)


@pytest.mark.parametrize("_round", range(3))
def test_an_order_that_is_paid_while_it_is_cancelled_is_one_or_the_other(
    _round, lot, buyers, at_once
):
    order = place_for(buyers[0], lot, 40_000)

    cancelled, heard = at_once(
        partial(orders.cancel, order=order, person=buyers[0].person),
        partial(payments.process, event("completed", paid(order))),
    )

    assert heard is True
    order.refresh_from_db()
    if isinstance(cancelled, Exception):
        # The page it is asked about exists only in the event, so asking may also find nobody.
        assert isinstance(cancelled, MoveNotAllowed | PaymentArriving | GatewayError)
        assert (order.state, *ledger_of(lot)) == (State.PAID, 60_000, 60_000)
    else:
        assert (order.state, *ledger_of(lot)) == (State.REFUND_DUE, 100_000, 100_000)


def test_money_is_paid_back_once_by_two_commands_at_once(lot, buyers, at_once, fake_stripe):
    order = place_for(buyers[0], lot, 40_000)
    checkout.open_checkout(order)
    session_id = order.payment.reference_starting("cs_")
    fake_stripe.account.pay(session_id)
    intent = fake_stripe.account.session(session_id)["payment_intent"]
    orders.expire(Order.objects.get())
    payments.process(event("completed", paid(order, session_id=session_id, payment_intent=intent)))
    due = [Order.objects.select_related("payment").get() for _ in range(2)]

    results = at_once(*(partial(refunds.settle, one) for one in due))

    assert outcome(results) == {"sold": 2}
    order.refresh_from_db()
    assert (order.state, order.payment.state) == (State.REFUNDED, Payment.State.REFUNDED)
    made = [one for one in fake_stripe.requests if one.path == "/v1/refunds"]
    assert len({one.body["id"] for one in made}) == 1


def test_orders_ends_and_payments_of_one_lot_at_once_do_not_block_each_other(lot, buyers, at_once):
    waiting = [place_for(buyers[0], lot, 10_000) for _ in range(6)]
    after = timezone.now() + timedelta(hours=2)

    results = at_once(
        partial(payments.process, event("completed", paid(waiting[0]))),
        partial(payments.process, event("expired", unpaid(waiting[1]))),
        partial(orders.cancel, order=waiting[2], person=buyers[0].person),
        partial(place_for, buyers[1], lot, 10_000),
        partial(place_for, buyers[1], lot, 20_000),
        partial(expiry.expire_overdue, at=after),
    )

    # Refusals of the market are fine; a deadlock, a lock timeout or a constraint is not.
    assert not [one for one in results if isinstance(one, DatabaseError)]
    holding = Order.objects.filter(state__in=[State.PENDING, State.PAID])
    left = 100_000 - (holding.aggregate(sum=Sum("grams"))["sum"] or 0)
    assert ledger_of(lot) == (left, left)


# The locks themselves


@pytest.mark.service("postgresql")
@pytest.mark.parametrize("name", ["lots_for_update", "orders_for_update"])
def test_rows_are_locked_in_the_order_of_their_keys(name, lot, django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(1) as asked:
        list(getattr(locks, name)().filter(pk__in=[lot.pk]))

    sql = asked[0]["sql"]
    assert "FOR UPDATE OF" in sql
    assert sql.index("ORDER BY") < sql.index("FOR UPDATE")


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the transaction is the lock there")
def test_on_sqlite_a_transaction_takes_the_write_lock_before_it_reads(lot, at_once):
    entered = threading.Barrier(2)

    def inside():
        with transaction.atomic():
            entered.wait(0.5)

    results = at_once(inside, inside)

    assert outcome(results)["BrokenBarrierError"] == 2  # never two inside at once
