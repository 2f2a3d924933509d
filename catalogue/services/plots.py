"""Plots of growing areas: read, checked against what is kept, and replaced as a whole."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from wagtail.log_actions import log

from shapely import GeometryCollection

from catalogue.locks import records_for_update
from catalogue.models import GrowingArea, Plot
from catalogue.plots import checking, eudr, reading
from catalogue.plots.checking import Known
from catalogue.plots.features import Problem
from catalogue.plots.measuring import as_geojson, box_of, from_geojson
from catalogue.plots.neighbourhood import neighbourhoods
from catalogue.signals import area_changed
from core.areas import SQUARE_METRES_PER_HECTARE

VIETNAM = (106.0, 16.5)  # where a map begins that knows no better
AROUND = 0.1  # degrees, some ten kilometres
MOST_NEIGHBOURS = 500
BOXES_AT_ONCE = 100  # a database takes only so many conditions in one query


@dataclass(frozen=True)
class Outcome:
    """What came of a file: the plots as they are or would be kept, or everything wrong with it."""

    plots: list[checking.Plot]
    problems: list[Problem]


def examine(*, area: GrowingArea, content: bytes) -> Outcome:
    """Read and check a file of plots for an area; nothing is kept."""
    place = neighbourhoods().get(area.commune_id)
    plots, problems = checking.check(reading.read(content), place)
    problems += checking.overlaps_with(plots, _kept_around(area, plots))
    problems += checking.too_large_together(plots, area.area_m2)
    return Outcome(plots, problems)


@transaction.atomic
def replace(*, area: GrowingArea, content: bytes, person) -> Outcome:
    """Keep the plots of a file instead of the area's plots; with any problem nothing is changed.

    Locks the area, so that two files at once end with one whole set. Sends area_changed.
    """
    current = records_for_update(GrowingArea).get(pk=area.pk)
    outcome = examine(area=current, content=content)
    if outcome.problems:
        return outcome
    before = current.plots.count()
    current.plots.all().delete()
    Plot.objects.bulk_create(_row(current, plot) for plot in outcome.plots)
    current.longitude, current.latitude = _middle(outcome.plots)
    current.save(update_fields=["longitude", "latitude"])
    log(
        instance=current,
        action="catalogue.plots.replaced",
        user=person,
        data={"before": before, "after": len(outcome.plots)},
    )
    area_changed.send(sender=GrowingArea, pk=current.pk)
    return outcome


def overlaps(areas: Iterable[GrowingArea]) -> dict[int, list[str]]:
    """Return which kept plots of other areas lie on the plots of each area, by primary key.

    Such plots come about when land whose code was withdrawn is coded anew, and then restored.
    Two queries for a hundred plots.
    """
    found: dict[int, list[str]] = {}
    rows = list(Plot.objects.filter(area__in=list(areas)).order_by("pk"))
    for start in range(0, len(rows), BOXES_AT_ONCE):
        plots = rows[start : start + BOXES_AT_ONCE]
        near = Plot.objects.within_any(plots).not_withdrawn().select_related("area")
        kept = [(one.area_id, Known(str(one), from_geojson(one.geometry))) for one in near]
        for plot in plots:
            others = [known for area, known in kept if area != plot.area_id]
            names = found.setdefault(plot.area_id, [])
            names += [
                one.details["other"] for one in checking.overlaps_with([_checked(plot)], others)
            ]
    return found


def _kept_around(area: GrowingArea, plots: list[checking.Plot]) -> list[Known]:
    """Return the plots of other areas that lie in the rectangle around all these plots.

    Land whose code was withdrawn may be coded anew.
    """
    if not plots:
        return []
    boxes = [box_of(plot.shape) for plot in plots]
    around = Plot.objects.within(
        west=min(box.west for box in boxes),
        south=min(box.south for box in boxes),
        east=max(box.east for box in boxes),
        north=max(box.north for box in boxes),
    )
    kept = around.not_withdrawn().exclude(area=area).select_related("area")
    return [Known(str(plot), from_geojson(plot.geometry)) for plot in kept]


def _middle(plots: list[checking.Plot]) -> tuple[float, float]:
    """Return the middle of the rectangle around all plots, to about ten metres."""
    around = GeometryCollection([plot.shape for plot in plots]).bounds
    return round((around[0] + around[2]) / 2, 4), round((around[1] + around[3]) / 2, 4)


def _row(area: GrowingArea, plot: checking.Plot) -> Plot:
    box = box_of(plot.shape)
    return Plot(
        area=area,
        label=plot.label,
        geometry=as_geojson(plot.shape),
        area_m2=plot.area_m2,
        declared_m2=plot.declared_m2,
        west=box.west,
        south=box.south,
        east=box.east,
        north=box.north,
    )


def _checked(plot: Plot) -> checking.Plot:
    shape = from_geojson(plot.geometry)
    return checking.Plot(plot.pk, plot.label, shape, plot.area_m2, plot.declared_m2)


def for_drawing(area: GrowingArea) -> dict:
    """Return what a map needs to draw plots of an area: its own, those around it, and where it is.

    Those around it are shown so that nobody draws on them; beyond MOST_NEIGHBOURS they crowd.
    """
    place = neighbourhoods().get(area.commune_id)
    at = (place.longitude, place.latitude) if place else VIETNAM
    if area.longitude is not None:
        at = (area.longitude, area.latitude)
    around = Plot.objects.within(
        west=at[0] - AROUND, south=at[1] - AROUND, east=at[0] + AROUND, north=at[1] + AROUND
    )
    others = around.not_withdrawn().exclude(area=area).select_related("area").order_by("pk")
    return {
        "at": at,
        "plots": [_for_drawing(plot) for plot in area.plots.all()],
        "others": [
            {"name": str(plot), "geometry": plot.geometry} for plot in others[:MOST_NEIGHBOURS]
        ],
    }


def _for_drawing(plot: Plot) -> dict:
    declared = plot.declared_m2
    hectares = None if declared is None else declared / SQUARE_METRES_PER_HECTARE
    return {"label": plot.label, "hectares": hectares, "geometry": plot.geometry}


def eudr_rows(plots: QuerySet[Plot]) -> Iterator[eudr.Row]:
    """Give plots as the EUDR-format export takes them, a few hundred at a time."""
    fetched = plots.select_related("area__establishment", "area__commune__province")
    for plot in fetched.iterator(chunk_size=500):
        yield eudr.Row(
            geometry=plot.geometry,
            area_m2=plot.area_m2,
            producer=plot.area.establishment.name,
            place=f"{plot.area.code}, {plot.area.commune}",
        )
