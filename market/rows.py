"""What a row of a lot shows beside its record, read for all rows of a page at once."""

from collections.abc import Sequence

from market.assays import by_lot
from market.models import AnalysisResult, Lot

MOST_ASSAYS = 2


def put_assays_on(lots: Sequence[Lot]) -> None:
    """Put on each lot its largest assays as `row_assays`, for its row to show; one query.

    Lots are put in order by the largest, so that it stands first.
    """
    assays = by_lot(AnalysisResult.objects.of_lots(lots)) if lots else {}
    for lot in lots:
        of_lot = assays.get(lot.pk, {}).values()
        lot.row_assays = sorted(of_lot, key=lambda assay: -assay.ppm)[:MOST_ASSAYS]
