"""What the database itself refuses, whatever a service would do."""

import uuid
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, ProtectedError
from django.utils import timezone, translation

import pytest

from catalogue.decisions import Decision
from market.models import Lot, LotMovement, LotText, Order, Payment, StripeReference
from market.models.orders import TRANSITIONS
from market.services import ledger
from tests.factories.catalogue import CertificateFactory
from tests.factories.market import LotFactory

Reason = LotMovement.Reason


def new_order(lot, buyer, **changes):
    said = {
        "reference": f"HL-{uuid.uuid4().hex[:8]}",
        "token": uuid.uuid4(),
        "buyer": buyer,
        "placed_by": buyer.members.get().person,
        "lot": lot,
        "grams": 1000,
        "price_minor_per_kg": 75_000,
        "total_minor": 75_000,
        "currency": "VND",
        "held_until": timezone.now(),
        "language": "vi",
    }
    return Order.objects.create(**(said | changes))


@pytest.mark.parametrize(
    ("_case", "change", "constraint"),
    [
        (
            "taken below zero",
            {"available_grams": F("available_grams") - 100_001},
            "oversold|available",
        ),
        ("more left than listed", {"available_grams": F("available_grams") + 1}, "oversold"),
        ("listed less than left", {"listed_grams": 99_999}, "oversold"),
        ("for nothing", {"price_minor_per_kg": 0}, "price"),
        ("without a minimum", {"minimum_grams": 0}, "minimum"),
    ],
)
def test_an_impossible_lot_is_refused(_case, change, constraint, lot):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Lot.objects.filter(pk=lot.pk).update(**change)

    lot.refresh_from_db()
    assert (lot.available_grams, lot.listed_grams) == (100_000, 100_000)
    assert (lot.price_minor_per_kg, lot.minimum_grams) == (75_000, 1_000)


@pytest.mark.parametrize(
    ("_case", "field", "value"),
    [
        ("negative left", "available_grams", -1),
        ("negative price", "price_minor_per_kg", -75_000),
        ("negative listed", "listed_grams", -1),
    ],
)
def test_a_negative_figure_is_refused(_case, field, value, lot):
    with pytest.raises(IntegrityError), transaction.atomic():
        Lot.objects.filter(pk=lot.pk).update(**{field: value})


def test_two_lots_cannot_share_a_code(lot):
    with pytest.raises(IntegrityError), transaction.atomic():
        LotFactory(code=lot.code)


def test_two_lots_cannot_share_a_form_but_many_have_none(lot):
    assert lot.token is LotFactory().token is None
    token = uuid.uuid4()
    LotFactory(token=token)

    with pytest.raises(IntegrityError), transaction.atomic():
        LotFactory(token=token)


@pytest.mark.parametrize(
    ("_case", "reason", "grams", "with_order", "constraint"),
    [
        ("a hold that adds", Reason.RESERVED, 1000, True, "sign"),
        ("a hold of nothing", Reason.RESERVED, 0, True, "sign"),
        ("a release that takes", Reason.RELEASED, -1000, True, "sign"),
        ("a release of nothing", Reason.RELEASED, 0, True, "sign"),
        ("a listing that takes", Reason.LISTED, -1000, False, "sign"),
        ("a hold of nobody's", Reason.RESERVED, -1000, False, "order"),
        ("a release of nobody's", Reason.RELEASED, 1000, False, "order"),
    ],
)
def test_an_impossible_movement_is_refused(
    _case, reason, grams, with_order, constraint, lot, buyer
):
    order = new_order(lot, buyer) if with_order else None
    before = LotMovement.objects.count()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        LotMovement.objects.create(lot=lot, grams=grams, reason=reason, order=order)

    assert LotMovement.objects.count() == before


@pytest.mark.parametrize(
    ("_case", "reason", "grams"),
    [("taken twice", Reason.RESERVED, -1000), ("given back twice", Reason.RELEASED, 1000)],
)
def test_an_order_moves_its_kilograms_once_for_each_reason(_case, reason, grams, lot, buyer):
    order = new_order(lot, buyer)
    ledger.post(lot=lot, grams=-1000, reason=Reason.RESERVED, order=order)
    if reason == Reason.RELEASED:
        ledger.post(lot=lot, grams=1000, reason=Reason.RELEASED, order=order)
    lot.refresh_from_db()
    left, movements = lot.available_grams, lot.movements.count()

    with pytest.raises(IntegrityError), transaction.atomic():
        ledger.post(lot=lot, grams=grams, reason=reason, order=order)

    lot.refresh_from_db()
    assert (lot.available_grams, lot.movements.count()) == (left, movements)


def test_a_lot_is_listed_once(lot):
    with pytest.raises(IntegrityError), transaction.atomic():
        LotMovement.objects.create(lot=lot, grams=1, reason=Reason.LISTED)

    assert lot.movements.get().grams == 100_000


@pytest.mark.parametrize(
    ("_case", "changes", "constraint"),
    [
        ("weighs nothing", {"grams": 0}, "weight"),
        ("costs nothing", {"total_minor": 0}, "total"),
    ],
)
def test_an_impossible_order_is_refused(_case, changes, constraint, lot, buyer):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        new_order(lot, buyer, **changes)

    assert not Order.objects.exists()


@pytest.mark.parametrize("field", ["token", "reference"])
def test_an_order_has_a_reference_and_a_form_of_its_own(field, lot, buyer):
    first = new_order(lot, buyer)

    with pytest.raises(IntegrityError), transaction.atomic():
        new_order(lot, buyer, **{field: getattr(first, field)})

    assert Order.objects.get() == first


def test_an_order_has_one_payment_and_an_identifier_belongs_to_one_payment(lot, buyer):
    payments = [
        Payment.objects.create(order=new_order(lot, buyer), amount_minor=1, currency="VND")
        for _ in range(2)
    ]
    StripeReference.objects.create(stripe_id="pi_1", payment=payments[0])

    with pytest.raises(IntegrityError), transaction.atomic():
        StripeReference.objects.create(stripe_id="pi_1", payment=payments[1])
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.create(order=payments[0].order, amount_minor=1, currency="VND")

    assert payments[0].reference_starting("pi_") == "pi_1"
    assert payments[1].reference_starting("pi_") == ""


def test_a_movement_is_never_saved_again_or_deleted(lot):
    movement = lot.movements.get()
    movement.grams = 1

    with pytest.raises(TypeError):
        movement.save()
    with pytest.raises(TypeError):
        movement.delete()

    assert lot.movements.get().grams == 100_000


@pytest.mark.parametrize(
    "change",
    [
        lambda movements: movements.all().update(grams=1),
        lambda movements: movements.update(grams=1),
        lambda movements: movements.none().update(grams=1),
        lambda movements: movements.bulk_update(movements.all(), ["grams"]),
        lambda movements: movements.update_or_create(reason="listed", defaults={"grams": 1}),
        lambda movements: movements.all().delete(),
        lambda movements: movements.filter(reason="listed").delete(),
    ],
)
@pytest.mark.parametrize("all_lots", [True, False])
def test_movements_are_not_changed_or_deleted_in_bulk_either(all_lots, change, lot):
    with pytest.raises(TypeError), transaction.atomic():
        change(LotMovement.objects if all_lots else lot.movements)

    assert lot.movements.get().grams == 100_000


def test_a_lot_with_a_ledger_is_not_deleted(lot):
    with pytest.raises(ProtectedError):
        lot.delete()

    assert Lot.objects.get() == lot


@pytest.mark.parametrize("state", Order.State)
def test_every_state_of_an_order_has_its_moves(state):
    assert set(TRANSITIONS) == set(Order.State)
    assert state not in TRANSITIONS[state]
    assert Order(state=state.value).can_become(Order.State.PENDING) is False


def test_a_badge_needs_a_certificate_valid_today_that_covers_the_species(lot):
    today = timezone.localdate()
    good = CertificateFactory(species=[lot.species])
    lot.certificates.set(
        [
            good,
            CertificateFactory(species=[]),
            CertificateFactory(species=[LotFactory().species]),
            CertificateFactory(species=[lot.species], expires_on=today - timedelta(days=1)),
            CertificateFactory(species=[lot.species], decision=Decision.SUSPENDED),
            CertificateFactory(species=[lot.species], issued_on=today + timedelta(days=1)),
        ]
    )

    assert lot.valid_certificates == [good]


@pytest.mark.parametrize(
    ("_case", "left", "smallest"),
    [("plenty", 100_000, 5_000), ("a remainder", 700, 700), ("nothing", 0, 0)],
)
def test_the_smallest_order_is_the_minimum_or_all_of_a_remainder(_case, left, smallest):
    assert Lot(minimum_grams=5_000, available_grams=left).smallest_order_grams == smallest


def test_a_note_is_in_the_readers_language_or_the_sites(lot):
    assert lot.note == ""
    LotText.objects.create(lot=lot, language="vi", note="Phơi khô")
    assert lot.note == "Phơi khô"
    with translation.override("en"):
        assert lot.note == "Phơi khô"
        LotText.objects.create(lot=lot, language="en", note="Sun-dried")
        assert lot.note == "Sun-dried"
