"""The analyses of a lot as people read them: each result beside what a pharmacopoeia asks."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.formats import number_format

from catalogue.models import Marker
from core.shares import PPM_PER_PERCENT, WHOLE
from market.assays import readable
from market.models import Analysis, AnalysisResult, Lot

# Units in which pharmacopoeias print limits, as parts per million. Others are shown, not compared.
UNITS = {"%": PPM_PER_PERCENT, "mg/g": 1000, "mg/kg": 1, "ppm": 1}


@dataclass(frozen=True)
class ShownLimit:
    """A printed limit; whether the result meets it, None when the two cannot be compared."""

    marker: Marker
    is_met: bool | None

    @property
    def number(self) -> str:
        """The limit without idle zeros, in the reader's language: "3,5"."""
        plain = f"{self.marker.limit:f}"
        return str(number_format(plain.rstrip("0").rstrip(".") if "." in plain else plain))


@dataclass(frozen=True)
class ShownResult:
    """A result with its limits; `dried` is the share on the dried drug where it is worked out,
    to as many decimals as a laboratory would give.
    """

    result: AnalysisResult
    dried: int | None
    limits: list[ShownLimit]


@dataclass(frozen=True)
class ShownAnalysis:
    """A report and its results."""

    analysis: Analysis
    results: list[ShownResult]


def analyses_of(lot: Lot) -> list[ShownAnalysis]:
    """Return the analyses of a lot, the latest first (LotQuerySet.with_analyses fetches them)."""
    markers = [row for row in lot.species.printed_limits if row.part_id == lot.part_id]
    return [
        ShownAnalysis(
            analysis,
            [_shown(result, analysis, markers) for result in analysis.results.all()],
        )
        for analysis in lot.analyses.all()
    ]


def is_met(*, value: int, basis: str, loss_on_drying: int | None, marker: Marker) -> bool | None:
    """Return whether a result meets a limit, both on the limit's basis; None when unknown."""
    share = _on_basis(Fraction(value), basis, marker.basis, loss_on_drying)
    unit = UNITS.get(marker.unit.strip())
    if share is None or unit is None or marker.limit is None:
        return None
    limit = Fraction(marker.limit) * unit
    return share >= limit if marker.bound == Marker.Bound.AT_LEAST else share <= limit


def _shown(result: AnalysisResult, analysis: Analysis, markers: list[Marker]) -> ShownResult:
    loss = analysis.loss_on_drying
    limits = [
        ShownLimit(
            marker,
            is_met(value=result.value, basis=result.basis, loss_on_drying=loss, marker=marker),
        )
        for marker in markers
        if marker.compound_id == result.compound_id
    ]
    is_stated = result.basis == Marker.Basis.DRIED
    dried = None if is_stated else result.dried
    return ShownResult(result, None if dried is None else readable(dried), limits)


def _on_basis(
    share: Fraction, basis: str, wanted: str, loss_on_drying: int | None
) -> Fraction | None:
    if basis == wanted:
        return share
    if loss_on_drying is None or Marker.Basis.ANHYDROUS in (basis, wanted):
        return None
    rest = Fraction(WHOLE - loss_on_drying, WHOLE)
    return share / rest if wanted == Marker.Basis.DRIED else share * rest
