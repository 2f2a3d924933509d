"""Holding kilograms, giving them back, and the moves of an order between its states."""

import re
import uuid
from datetime import timedelta

from django.utils import timezone, translation

from wagtail.models import ModelLogEntry

import pytest

from market import exceptions
from market.gateways import GatewayUnavailable
from market.models import Lot, Order, Payment, Seller
from market.services import checkout, listing, orders, payments
from market.signals import lot_changed
from tests.factories.market import BuyerMemberFactory, LotFactory, SellerMemberFactory
from tests.market.interruptions import ExpiredEventFirst, named
from tests.market.stripe_events import event, paid

pytestmark = pytest.mark.django_db

State = Order.State


def left(lot):
    return Lot.objects.get(pk=lot.pk).available_grams


def in_state(order, state):
    """Bring an order to a state by the way that leads there, and return it."""
    if state in (State.PAID, State.REFUND_DUE, State.REFUNDED):
        orders.move(order, State.PAID)
    if state in (State.REFUND_DUE, State.REFUNDED):
        orders.move(order, State.REFUND_DUE)
    if order.state != state:
        orders.move(order, state)
    return order


def test_an_order_holds_its_kilograms_at_the_price_of_the_moment(lot, place, buyer, person):
    before = timezone.now()

    order = place(lot, 50_000)

    order.refresh_from_db()
    assert (order.state, order.grams, left(lot)) == (State.PENDING, 50_000, 50_000)
    assert (order.price_minor_per_kg, order.total_minor, order.currency) == (
        75_000,
        3_750_000,
        "VND",
    )
    assert (order.buyer, order.placed_by, order.lot) == (buyer, person, lot)
    assert timedelta(minutes=50) <= order.held_until - before < timedelta(minutes=51)
    assert re.fullmatch(r"HL-[2-9A-HJKMNP-Z]{8}", order.reference)
    payment = order.payment
    assert (payment.state, payment.amount_minor, payment.currency) == ("open", 3_750_000, "VND")
    assert (payment.received_minor, payment.checkout_url) == (0, "")
    entry = ModelLogEntry.objects.get()
    assert (entry.action, entry.user, entry.data) == (
        "market.order.placed",
        person,
        {"grams": 50_000},
    )


def test_a_later_price_does_not_change_an_order(lot, place):
    order = place(lot, 2_000)
    Lot.objects.filter(pk=lot.pk).update(price_minor_per_kg=99_000)

    order.refresh_from_db()
    later = place(lot, 2_000)

    assert (order.total_minor, later.total_minor) == (150_000, 198_000)


@pytest.mark.parametrize(
    ("_case", "price", "grams", "total"),
    [
        ("exact", 75_000, 1_500, 112_500),
        ("half goes up", 75_001, 1_500, 112_502),
        ("below half goes down", 75_001, 1_499, 112_426),
        ("a gram", 13_000_000, 1, 13_000),
        ("all of it", 75_000, 100_000, 7_500_000),
    ],
)
def test_a_total_is_rounded_once(_case, price, grams, total, place):
    lot = LotFactory(price_minor_per_kg=price, minimum_grams=1)

    assert place(lot, grams).total_minor == total


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_order_keeps_the_language_it_was_placed_in(language, lot, place):
    with translation.override(language):
        assert place(lot, 1_000).language == language


def test_an_order_placed_outside_any_language_is_in_the_sites(lot, place):
    with translation.override(None):
        assert place(lot, 1_000).language == "vi"


@pytest.mark.parametrize(
    ("_case", "grams"), [("all", 100_000), ("the minimum", 1_000), ("to the gram", 33_333)]
)
def test_what_is_within_bounds_can_be_ordered(_case, grams, lot, place):
    place(lot, grams)

    assert left(lot) == 100_000 - grams


def test_a_remainder_below_the_minimum_is_ordered_whole(place):
    lot = LotFactory(grams=10_000, minimum_grams=8_000)
    place(lot, 8_000)

    with pytest.raises(exceptions.BelowMinimum):
        place(lot, 1_999)
    place(lot, 2_000)

    assert left(lot) == 0


@pytest.mark.parametrize(
    ("_case", "lot_is", "grams", "refusal"),
    [
        ("a draft", {"state": "draft"}, 1_000, exceptions.LotNotOnSale),
        ("paused", {"state": "paused"}, 1_000, exceptions.LotNotOnSale),
        ("closed", {"state": "closed"}, 1_000, exceptions.LotNotOnSale),
        ("seller suspended", {"seller__vetting": "suspended"}, 1_000, exceptions.LotNotOnSale),
        ("seller not vetted", {"seller__vetting": "pending"}, 1_000, exceptions.LotNotOnSale),
        ("species unpublished", {"species__live": False}, 1_000, exceptions.LotNotOnSale),
        ("a gram too much", {}, 100_001, exceptions.InsufficientStock),
        ("far too much", {}, 10**15, exceptions.InsufficientStock),
        ("a gram too little", {}, 999, exceptions.BelowMinimum),
        ("nothing", {}, 0, exceptions.BelowMinimum),
        ("less than nothing", {}, -1_000, exceptions.BelowMinimum),
        ("below a card payment", {"price_minor_per_kg": 12_999}, 1_000, exceptions.PaymentTooSmall),
        (
            "above a card payment",
            {"price_minor_per_kg": 10_000_000_000},
            100_000,
            exceptions.PaymentTooLarge,
        ),
    ],
)
def test_a_refused_order_changes_nothing(_case, lot_is, grams, refusal, place, facts):
    lot = LotFactory(**lot_is)
    before = facts()

    with pytest.raises(refusal) as raised:
        place(lot, grams)

    assert str(raised.value)
    assert facts() == before
    assert not ModelLogEntry.objects.exists()


def test_a_sold_out_lot_refuses_even_the_smallest_order(lot, place, facts):
    place(lot, 100_000)
    before = facts()

    with pytest.raises(exceptions.InsufficientStock) as raised:
        place(lot, 1)

    assert raised.value.available_grams == 0
    assert facts() == before


@pytest.mark.parametrize(("price", "grams"), [(13_000, 1_000), (999_999_999_999, 1_000)])
def test_the_smallest_and_the_largest_card_payment_go_through(price, grams, place):
    lot = LotFactory(price_minor_per_kg=price)

    assert place(lot, grams).total_minor == price


def test_nobody_buys_from_their_own_organisation(lot, buyer, person, place, facts):
    SellerMemberFactory(seller=lot.seller, person=person)
    before = facts()

    with pytest.raises(exceptions.OwnLot):
        place(lot, 1_000)

    assert facts() == before


def test_a_form_sent_twice_is_one_order(lot, place, facts):
    token = uuid.uuid4()
    order = place(lot, 40_000, token)
    before = facts()

    assert place(lot, 40_000, token) == order
    assert facts() == before


def test_a_form_sent_again_after_the_lot_was_closed_finds_its_order(lot, place):
    token = uuid.uuid4()
    order = place(lot, 100_000, token)
    listing.move_lot(lot=lot, state=Lot.State.CLOSED)

    assert place(lot, 100_000, token) == order


@pytest.mark.parametrize(
    ("_case", "changes"),
    [
        ("fewer kilograms", {"grams": 20_000}),
        ("more kilograms", {"grams": 50_001}),
        ("more than is left", {"grams": 90_000}),
        ("another lot", {"lot": "other"}),
        ("another person", {"person": "stranger"}),
        ("a colleague", {"person": "colleague"}),
    ],
)
def test_a_form_that_says_something_else_the_second_time_is_refused(
    _case, changes, lot, buyer, person, stranger, facts
):
    """Back in the browser, 20 kg instead of 50: nobody may be led to pay for 50."""
    said = {"lot": lot, "buyer": buyer, "person": person, "grams": 50_000, "token": uuid.uuid4()}
    order = orders.place(**said)
    if "lot" in changes:
        changes = {"lot": LotFactory()}
    if "person" in changes:
        seat = stranger.buyermembers.get() if changes["person"] == "stranger" else None
        seat = seat or BuyerMemberFactory(buyer=buyer)
        changes = {"buyer": seat.buyer, "person": seat.person}
    before = facts()

    with pytest.raises(exceptions.FormAlreadySent) as raised:
        orders.place(**said | changes)

    assert str(raised.value)
    assert facts() == before
    assert Order.objects.get() == order
    assert orders.place(**said) == order


@pytest.mark.parametrize("state", [one for one in State if one != State.PENDING])
def test_a_form_sent_again_finds_its_order_however_that_ended(state, lot, place, facts):
    token = uuid.uuid4()
    order = in_state(place(lot, 40_000, token), state)
    before = facts()

    assert place(lot, 40_000, token) == order
    assert facts() == before


def test_an_order_and_its_end_are_announced(lot, place, person):
    heard = []

    def hear(sender, *, pk, **kwargs):
        heard.append(pk)

    lot_changed.connect(hear)
    order = place(lot, 1_000)
    assert heard == [lot.pk]
    orders.cancel(order=order, person=person)
    assert heard == [lot.pk, lot.pk]
    lot_changed.disconnect(hear)


ALLOWED = {
    (State.PENDING, State.PAID),
    (State.PENDING, State.EXPIRED),
    (State.PENDING, State.CANCELLED),
    (State.PENDING, State.REFUND_DUE),
    (State.EXPIRED, State.REFUND_DUE),
    (State.CANCELLED, State.REFUND_DUE),
    (State.PAID, State.REFUND_DUE),
    (State.REFUND_DUE, State.REFUNDED),
}


@pytest.mark.parametrize("target", State)
@pytest.mark.parametrize("state", State)
def test_an_order_makes_the_moves_of_the_table_and_no_others(state, target, lot, place, facts):
    order = in_state(place(lot, 40_000), state)
    held = state in (State.PENDING, State.PAID) or order.movements.count() == 1
    before = facts()

    if (state, target) in ALLOWED:
        orders.move(order, target)
        assert Order.objects.get().state == target
        keeps = target == State.PAID or (held and state != State.PENDING)
        assert left(lot) == (60_000 if keeps else 100_000)
    else:
        with pytest.raises(exceptions.MoveNotAllowed):
            orders.move(order, target)
        assert facts() == before


def test_a_cancelled_order_gives_its_kilograms_back_once(lot, place, person):
    order = place(lot, 40_000)

    orders.cancel(order=order, person=person)

    order.refresh_from_db()
    assert (order.state, order.payment.state, left(lot)) == ("cancelled", "closed", 100_000)
    assert list(order.movements.values_list("grams", "reason")) == [
        (-40_000, "reserved"),
        (40_000, "released"),
    ]
    with pytest.raises(exceptions.MoveNotAllowed):
        orders.cancel(order=order, person=person)
    assert left(lot) == 100_000


def test_cancelling_closes_the_payment_page_first(lot, place, person, fake_stripe):
    order = place(lot, 40_000)
    checkout.open_checkout(order)
    session = order.payment.reference_starting("cs_")

    orders.cancel(order=order, person=person)

    assert fake_stripe.account.session(session)["status"] == "expired"
    payment = Payment.objects.get()
    assert (payment.state, payment.checkout_url) == ("closed", "")
    assert left(lot) == 100_000


def test_cancelling_what_has_just_been_paid_is_refused(lot, place, person, fake_stripe, facts):
    order = place(lot, 40_000)
    checkout.open_checkout(order)
    fake_stripe.account.pay(order.payment.reference_starting("cs_"))
    before = facts()

    with pytest.raises(exceptions.PaymentArriving):
        orders.cancel(order=order, person=person)

    assert facts() == before


@pytest.mark.parametrize("statuses", [(500, 500), (503, 503), (429,)])
def test_while_the_service_is_down_nothing_is_cancelled(
    statuses, lot, place, person, fake_stripe, facts
):
    order = place(lot, 40_000)
    checkout.open_checkout(order)
    before = facts()
    fake_stripe.break_next(*statuses)  # the client library repeats what may be repeated

    with pytest.raises(GatewayUnavailable):
        orders.cancel(order=order, person=person)
    assert facts() == before

    orders.cancel(order=order, person=person)
    assert left(lot) == 100_000


def test_the_event_of_the_closed_page_may_overtake_the_cancellation(
    lot, place, person, fake_stripe, settings
):
    """Stripe tells of the expired page as soon as we close it: the buyer still has cancelled."""
    settings.PAYMENT_GATEWAY = named(ExpiredEventFirst)
    order = place(lot, 40_000)
    checkout.open_checkout(order)

    assert orders.cancel(order=order, person=person).state == State.EXPIRED

    assert Order.objects.get().payment.state == "closed"
    assert left(lot) == 100_000
    assert order.movements.count() == 2


@pytest.mark.parametrize(
    "state", [one for one in State if one not in (State.PENDING, State.EXPIRED)]
)
def test_an_order_that_no_longer_waits_is_not_cancelled(state, lot, place, person, facts):
    order = in_state(place(lot, 40_000), state)
    before = facts()

    with pytest.raises(exceptions.MoveNotAllowed):
        orders.cancel(order=order, person=person)

    assert facts() == before


def test_cancelling_what_has_run_out_is_quiet_and_changes_nothing(lot, place, person, facts):
    stale = place(lot, 40_000)
    orders.expire(Order.objects.get())
    before = facts()

    for order in (stale, Order.objects.get()):
        assert orders.cancel(order=order, person=person).state == State.EXPIRED
    assert facts() == before


def test_a_suspended_seller_still_owes_the_orders_it_has(lot, place):
    order = place(lot, 40_000)
    Seller.objects.update(vetting=Seller.Vetting.SUSPENDED)

    payments.process(event("completed", paid(order)))

    order.refresh_from_db()
    assert order.state == State.PAID


def test_references_differ():
    references = {orders.new_reference() for _ in range(50)}

    assert len(references) == 50
