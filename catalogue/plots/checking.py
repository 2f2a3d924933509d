"""Checking plots: everything that is wrong with every plot of a file, none hidden by another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from shapely import STRtree
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from catalogue.plots.features import POINT, Feature, Problem, Reading
from catalogue.plots.measuring import (
    DECIMALS,
    area_m2,
    middle,
    outline,
    shared_m2,
)
from catalogue.plots.neighbourhood import Neighbourhood, is_on_mainland
from catalogue.plots.numbers import decimals
from core.areas import SQUARE_METRES_PER_HECTARE

LONGEST_LABEL = 80
MOST_POSITIONS = 10_000
FEWEST_POSITIONS = 4  # a triangle that ends where it began
LARGEST_POINT_HA = 4  # the EUDR format asks for a polygon above
# Walking round a plot with a hand-held receiver is some per cent off; more is another plot.
AREA_TOLERANCE = Decimal("0.10")
# Neighbours that were walked on different days overlap by a strip: both limits must be passed.
OVERLAP_M2, OVERLAP_SHARE = 50, 0.02
# Where Vietnam lies; a longitude in the first range is a latitude.
LATITUDES, LONGITUDES = (8, 24), (102, 110)


@dataclass(frozen=True)
class Plot:
    """A plot without fault: its shape with six decimals, and its areas in square metres."""

    number: int
    label: str
    shape: BaseGeometry
    area_m2: int
    declared_m2: int | None


@dataclass(frozen=True)
class Known:
    """A plot that is kept already, of this or another area."""

    name: str
    shape: BaseGeometry


def check(reading: Reading, place: Neighbourhood | None) -> tuple[list[Plot], list[Problem]]:
    """Return the plots of a file, and the problems of reading it and of each plot by itself.

    A plot with a problem is not among the plots.
    """
    plots, problems = [], list(reading.problems)
    for feature in reading.features:
        found = list(_of_feature(feature, place))
        problems += found
        if not found:
            plots.append(_plot(feature))
    problems += _of_labels(reading.features)
    problems += _of_overlaps(plots)
    return plots, sorted(problems, key=lambda problem: problem.feature)


def _plot(feature: Feature) -> Plot:
    shape, declared = outline(feature), _square_metres(feature.hectares)
    measured = declared or 0 if feature.kind == POINT else area_m2(shape)
    return Plot(feature.number, feature.label, shape, measured, declared)


def _square_metres(hectares: Decimal | None) -> int | None:
    return None if hectares is None else round(hectares * SQUARE_METRES_PER_HECTARE)


def _of_feature(feature: Feature, place: Neighbourhood | None) -> Iterator[Problem]:
    if len(feature.label) > LONGEST_LABEL:
        yield feature.problem("long_label", most=LONGEST_LABEL)
    if feature.hectares is not None and feature.hectares <= 0:
        yield feature.problem("area_not_positive")
    nonsense = _of_positions(feature)
    if nonsense:
        yield nonsense
        return
    if _decimals_of(feature) < DECIMALS:
        yield feature.problem("coarse", found=_decimals_of(feature), least=DECIMALS)
    if feature.kind == POINT:
        yield from _of_point(feature)
    else:
        faults = list(_of_rings(feature))
        yield from faults
        if faults:
            return
        yield from _of_area(feature)
    yield from _of_place(feature, place)


def _of_positions(feature: Feature) -> Problem | None:
    """Return what makes the numbers no places at all."""
    positions = [position for ring in feature.rings for position in ring]
    if len(positions) > MOST_POSITIONS:
        return feature.problem("too_many_positions", found=len(positions), most=MOST_POSITIONS)
    if not positions:
        return feature.problem("bad_coordinates")
    if all(_between(lon, LATITUDES) and _between(lat, LONGITUDES) for lon, lat in positions):
        return feature.problem("swapped")
    for lon, lat in positions:
        if abs(lon) > 1000 or abs(lat) > 1000:
            return feature.problem("in_metres")
        if abs(lon) > 180 or abs(lat) > 90:
            return feature.problem("out_of_range", lon=f"{lon:f}", lat=f"{lat:f}")
    return None


def _between(value: Decimal, ends: tuple[int, int]) -> bool:
    return ends[0] <= value <= ends[1]


def _decimals_of(feature: Feature) -> int:
    """Return the decimals of the most exact number: programs leave out zeros at the end."""
    return max(decimals(one) for ring in feature.rings for position in ring for one in position)


def _of_point(feature: Feature) -> Iterator[Problem]:
    if feature.hectares is None:
        yield feature.problem("point_without_area")
    elif feature.hectares > LARGEST_POINT_HA:
        yield feature.problem("point_too_large", most=LARGEST_POINT_HA)


def _of_rings(feature: Feature) -> Iterator[Problem]:
    outer, *holes = feature.rings
    if holes:
        yield feature.problem("hole")
    if len(outer) < FEWEST_POSITIONS:
        yield feature.problem("too_few", found=len(outer))
    elif outer[0] != outer[-1]:
        yield feature.problem("not_closed")
    elif _has_leap(outer):
        yield feature.problem("leap")
    else:
        yield from _of_outline(feature)


def _has_leap(ring: Sequence[tuple[Decimal, Decimal]]) -> bool:
    """Return whether one side is longer than any plot: a digit was mistyped."""
    return any(
        abs(one[0] - other[0]) > 1 or abs(one[1] - other[1]) > 1 for one, other in pairwise(ring)
    )


def _of_outline(feature: Feature) -> Iterator[Problem]:
    shape = outline(feature)
    if not area_m2(shape.convex_hull):
        yield feature.problem("no_area")
    elif not shape.is_valid:
        yield feature.problem("crosses_itself", where=_where(shape))


def _where(shape: Polygon) -> str:
    """Return the place that makes a shape invalid, as longitude and latitude."""
    return explain_validity(shape).partition("[")[2].rstrip("]")


def _of_area(feature: Feature) -> Iterator[Problem]:
    if feature.hectares is None or feature.hectares <= 0:
        return
    measured = Decimal(area_m2(outline(feature))) / SQUARE_METRES_PER_HECTARE
    if abs(measured - feature.hectares) > feature.hectares * AREA_TOLERANCE:
        yield feature.problem(
            "area_differs", declared=feature.hectares, measured=round(measured, 4)
        )


def _of_place(feature: Feature, place: Neighbourhood | None) -> Iterator[Problem]:
    where = middle(outline(feature))
    if place is not None and place.holds(where):
        return  # Islands are communes, too.
    if not is_on_mainland(where):
        yield feature.problem("outside_vietnam")
    elif place is not None:
        away = round(place.distance_km(where))
        yield feature.problem("far_from_commune", km=away, most=round(place.reach_km))


def _of_labels(features: Sequence[Feature]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for feature in features:
        name = feature.label.casefold()
        if name in first:
            yield feature.problem("same_label", other=first[name])
        first.setdefault(name, feature.number)


def _of_overlaps(plots: Sequence[Plot]) -> Iterator[Problem]:
    """Compare each plot with those before it in the file."""
    tree = STRtree([plot.shape for plot in plots])
    for at, plot in enumerate(plots):
        for before in (plots[one] for one in sorted(tree.query(plot.shape)) if one < at):
            if plot.shape.equals(before.shape):
                yield Problem("same_outline", plot.number, plot.label, {"other": before.label})
            elif shared := _too_much_shared(plot, before.shape):
                details = {"other": before.label, "m2": shared}
                yield Problem("overlap", plot.number, plot.label, details)


def overlaps_with(plots: Sequence[Plot], kept: Sequence[Known]) -> list[Problem]:
    """Return the problems of plots that lie on plots that are kept already."""
    tree = STRtree([other.shape for other in kept])
    return [
        Problem("overlap_kept", plot.number, plot.label, {"other": kept[at].name, "m2": shared})
        for plot in plots
        for at in sorted(tree.query(plot.shape))
        if (shared := _too_much_shared(plot, kept[at].shape))
    ]


def _too_much_shared(plot: Plot, other: BaseGeometry) -> int:
    """Return the shared ground in square metres; 0 where two walks round neighbours share as much.

    A point lies on nobody's ground.
    """
    shared = shared_m2(plot.shape, other)
    least = min(area_m2(plot.shape), area_m2(other))
    return shared if shared > OVERLAP_M2 and shared > least * OVERLAP_SHARE else 0


def too_large_together(plots: Sequence[Plot], registered_m2: int) -> list[Problem]:
    """Return the problem that plots together are larger than their area is registered with."""
    together = sum(plot.area_m2 for plot in plots)
    if together <= registered_m2 * (1 + AREA_TOLERANCE):
        return []
    found = {"together": Decimal(together), "registered": Decimal(registered_m2)}
    hectares = {name: round(m2 / SQUARE_METRES_PER_HECTARE, 4) for name, m2 in found.items()}
    return [Problem("sum_exceeds", details=hectares)]
