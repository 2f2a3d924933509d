"""The assay of a lot: what its analyses say of each compound, made comparable.

The assay of a lot for a compound is the result of the latest analysis that measured it, on the
dried drug when the report says so or its loss on drying converts it, else as it is stated. It is
rounded down to a whole part per million, so that "at least" never promises more than was found.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalogue.models import Marker
from core.shares import PPM_PER_PERCENT, WHOLE

if TYPE_CHECKING:
    from market.models import AnalysisResult

Basis = Marker.Basis
HUNDREDTH = PPM_PER_PERCENT // 100


@dataclass(frozen=True)
class Assay:
    """What a lot holds of a compound: parts per million, on which basis, by which result."""

    ppm: int
    basis: str
    result: "AnalysisResult"

    @property
    def shown_ppm(self) -> int:
        """The share as people read it."""
        return self.ppm if self.basis == self.result.basis else readable(self.ppm)

    @property
    def is_dried(self) -> bool:
        """Whether it is on the dried drug, as buyers expect it."""
        return self.basis == Basis.DRIED

    @property
    def basis_label(self) -> str:
        """The basis in words."""
        return str(Basis(self.basis).label)


def readable(ppm: int) -> int:
    """Cut what was worked out to hundredths of a per cent: more was never measured."""
    return ppm - ppm % HUNDREDTH if ppm >= 10 * HUNDREDTH else ppm


def dried_ppm(ppm: int, basis: str, loss_on_drying: int | None) -> int | None:
    """Return a share on the dried drug: as it is / (1 − loss on drying); None when unknown.

    Loss on drying is not water alone, so that it converts nothing that is on the anhydrous drug.
    """
    if basis == Basis.DRIED:
        return ppm
    if basis != Basis.AS_IS or loss_on_drying is None:
        return None
    return min(ppm * WHOLE // (WHOLE - loss_on_drying), WHOLE)


def by_lot(results: "Iterable[AnalysisResult]") -> dict[int, dict[str, Assay]]:
    """Return key of a lot → code of a compound → assay, from results the latest analysis first
    (AnalysisResultQuerySet.of_lots).
    """
    found: dict[int, dict[str, Assay]] = defaultdict(dict)
    for result in results:
        of_lot, code, assay = found[result.analysis.lot_id], result.compound.code, _assay(result)
        known = of_lot.get(code)
        if known is None or (_is_of_same_report(assay, known) and _is_better(assay, known)):
            of_lot[code] = assay
    return found


def _assay(result: "AnalysisResult") -> Assay:
    dried = result.dried
    if dried is None:
        return Assay(result.value, result.basis, result)
    return Assay(dried, Basis.DRIED, result)


def _is_of_same_report(assay: Assay, other: Assay) -> bool:
    return assay.result.analysis_id == other.result.analysis_id


def _is_better(assay: Assay, other: Assay) -> bool:
    """One report may state a compound on several bases: stated on the dried drug is best."""
    return _rank(assay) < _rank(other)


def _rank(assay: Assay) -> int:
    if assay.basis != Basis.DRIED:
        return 2 if assay.basis == Basis.ANHYDROUS else 3
    return 0 if assay.result.basis == Basis.DRIED else 1
