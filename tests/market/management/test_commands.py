"""The commands a clock runs: safe to run twice, and honest about what they find."""

from datetime import timedelta
from io import StringIO

from django.core.management import CommandError, call_command
from django.utils import timezone

import pytest

from market.models import Lot, Order
from market.services import checkout, orders, payments
from tests.market.stripe_events import event, paid

pytestmark = pytest.mark.django_db


def said(*line, **options):
    out = StringIO()
    call_command(*line, stdout=out, stderr=out, **options)
    return out.getvalue().splitlines()


def test_check_ledger_says_which_lot_differs_and_fails(lot, place):
    place(lot, 40_000)
    assert len(said("check_ledger")) == 1

    Lot.objects.update(available_grams=61_000)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("check_ledger", stdout=out)

    assert out.getvalue().splitlines() == [f"{lot.code}: 61000 g, ledger 60000 g"]


def test_expire_orders_gives_kilograms_back_once(lot, place):
    place(lot, 40_000)
    Order.objects.update(held_until=timezone.now() - timedelta(seconds=1))

    assert said("expire_orders") == ["1 orders expired"]
    assert said("expire_orders") == ["0 orders expired"]
    lot.refresh_from_db()
    assert lot.available_grams == 100_000


def test_expire_orders_waits_for_a_payment_service_that_is_away(lot, place, fake_stripe):
    checkout.open_checkout(place(lot, 40_000))
    Order.objects.update(held_until=timezone.now() - timedelta(seconds=1))
    fake_stripe.break_next(503, 503)

    assert said("expire_orders") == ["0 orders expired"]
    assert Order.objects.get().state == "pending"
    assert said("expire_orders") == ["1 orders expired"]


def test_expire_orders_does_not_count_what_it_finds_paid(lot, place, fake_stripe):
    order = place(lot, 40_000)
    checkout.open_checkout(order)
    fake_stripe.account.pay(order.payment.reference_starting("cs_"))
    Order.objects.update(held_until=timezone.now() - timedelta(seconds=1))

    assert said("expire_orders") == ["0 orders expired"]
    assert Order.objects.get().state == "paid"


@pytest.fixture
def due(lot, place, fake_stripe):
    """Two orders paid after they expired."""
    late = []
    for _ in range(2):
        order = place(lot, 10_000)
        checkout.open_checkout(order)
        session_id = order.payment.reference_starting("cs_")
        fake_stripe.account.pay(session_id)
        intent = fake_stripe.account.session(session_id)["payment_intent"]
        orders.expire(Order.objects.get(pk=order.pk))
        told = paid(order, session_id=session_id, payment_intent=intent)
        payments.process(event("completed", told))
        late.append(order)
    return late


def test_settle_refunds_pays_back_what_is_due_once(due, fake_stripe):
    assert len(said("settle_refunds", dry_run=True)) == 2
    assert set(Order.objects.values_list("state", flat=True)) == {"refund_due"}

    assert len(said("settle_refunds")) == 2
    assert set(Order.objects.values_list("state", flat=True)) == {"refunded"}
    assert said("settle_refunds") == []
    refunds = [asked for asked in fake_stripe.requests if asked.path == "/v1/refunds"]
    assert [asked.body["amount"] for asked in refunds] == [750_000, 750_000]


def test_settle_refunds_goes_on_when_one_fails_and_says_so(due, fake_stripe):
    fake_stripe.break_next(500, 500)

    lines = said("settle_refunds")

    assert len(lines) == 2
    states = sorted(Order.objects.values_list("state", flat=True))
    assert states == ["refund_due", "refunded"]
    said("settle_refunds")
    assert set(Order.objects.values_list("state", flat=True)) == {"refunded"}
