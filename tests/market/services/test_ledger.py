"""Kilograms change in one way: a movement and the cached sum together."""

from django.db import IntegrityError, transaction
from django.db.models import Sum

import pytest

from market.models import Lot, LotMovement
from market.services import ledger

Reason = LotMovement.Reason


def test_a_movement_and_the_cached_sum_go_together(lot, place):
    order = place(lot, 40_000)

    lot.refresh_from_db()
    assert lot.available_grams == 60_000
    assert list(lot.movements.values_list("grams", "reason", "order")) == [
        (100_000, "listed", None),
        (-40_000, "reserved", order.pk),
    ]
    assert lot.movements.aggregate(sum=Sum("grams"))["sum"] == 60_000


def test_a_stale_figure_in_memory_does_not_come_back(lot, place):
    stale = Lot.objects.get(pk=lot.pk)
    order = place(lot, 40_000)

    ledger.post(lot=stale, grams=40_000, reason=Reason.RELEASED, order=order)

    lot.refresh_from_db()
    assert lot.available_grams == 100_000


@pytest.mark.parametrize(
    ("_case", "grams", "reason"),
    [
        ("more than is left", -60_001, Reason.RESERVED),
        ("more than was listed comes back", 40_001, Reason.RELEASED),
    ],
)
def test_an_impossible_posting_leaves_neither_row_nor_figure(
    _case, grams, reason, lot, place, facts
):
    order = place(lot, 40_000)
    if reason == Reason.RESERVED:  # of another order, or it would be its second hold
        order = place(lot, 1_000)
        LotMovement.objects.filter(order=order)._raw_delete("default")
        Lot.objects.filter(pk=lot.pk).update(available_grams=60_000)
    before = facts()

    with pytest.raises(IntegrityError, match=r"oversold|available"), transaction.atomic():
        ledger.post(lot=lot, grams=grams, reason=reason, order=order)

    assert facts() == before
