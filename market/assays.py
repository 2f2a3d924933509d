"""The assay of a lot: what its analyses say of each compound, made comparable.

The assay of a lot for a compound is the result of the latest analysis that measured it, on the
dried drug when the report says so or its loss on drying converts it, else as it is stated. It is
rounded down to a whole part per million, so that "at least" never promises more than was found.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalogue.models import Marker
from core.shares import WHOLE

if TYPE_CHECKING:
    from market.models import Analysis, AnalysisResult

Basis = Marker.Basis


@dataclass(frozen=True)
class Assay:
    """What a lot holds of a compound: parts per million, on which basis, by which result."""

    ppm: int
    basis: str
    result: "AnalysisResult"


def dried_ppm(ppm: int, basis: str, loss_on_drying: int | None) -> int | None:
    """Return a share on the dried drug: as it is / (1 − loss on drying); None when unknown.

    Loss on drying is not water alone, so that it converts nothing that is on the anhydrous drug.
    """
    if basis == Basis.DRIED:
        return ppm
    if basis != Basis.AS_IS or loss_on_drying is None:
        return None
    return min(ppm * WHOLE // (WHOLE - loss_on_drying), WHOLE)


def assays_of(analyses: "Iterable[Analysis]") -> dict[str, Assay]:
    """Return code of a compound → its assay, from the analyses of a lot, the latest first."""
    found: dict[str, Assay] = {}
    for analysis in analyses:
        of_this: dict[str, Assay] = {}
        for result in analysis.results.all():
            assay, code = _assay(result, analysis.loss_on_drying), result.compound.code
            if code not in of_this or _is_better(assay, of_this[code]):
                of_this[code] = assay
        found = of_this | found
    return found


def _assay(result: "AnalysisResult", loss_on_drying: int | None) -> Assay:
    dried = result.dried_after(loss_on_drying)
    if dried is None:
        return Assay(result.value, result.basis, result)
    return Assay(dried, Basis.DRIED, result)


def _is_better(assay: Assay, other: Assay) -> bool:
    """One report may state a compound on several bases: stated on the dried drug is best."""
    return _rank(assay) < _rank(other)


def _rank(assay: Assay) -> int:
    if assay.basis != Basis.DRIED:
        return 2 if assay.basis == Basis.ANHYDROUS else 3
    return 0 if assay.result.basis == Basis.DRIED else 1
