"""The one way kilograms of a lot change: a movement and the cached sum, in one transaction."""

from django.db.models import F

from market.models import Lot, LotMovement, Order


def post(
    *, lot: Lot, grams: int, reason: LotMovement.Reason, order: Order | None = None
) -> LotMovement:
    """Add a movement of some grams (negative takes) and move the lot's cached sum with it.

    Runs inside the caller's transaction. The database has the last word: taking more than is left,
    or the same order taking or giving back twice, is an IntegrityError.
    """
    movement = LotMovement.objects.create(lot=lot, grams=grams, reason=reason, order=order)
    # F(), never a save() of a figure read earlier: two stale readers would both win.
    Lot.objects.filter(pk=lot.pk).update(available_grams=F("available_grams") + grams)
    return movement
