"""Where growing areas are, as a map draws them: a place for each, outlines for who looks close.

No place is more exact than the public may know: an area of a threatened species stands in the
middle of its province, and has no outlines.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from catalogue.decisions import Decision
from catalogue.models import GrowingArea, Plot, Province
from catalogue.plots.measuring import Box
from catalogue.plots.neighbourhood import neighbourhoods, province_middles

MOST_OUTLINES = 500
# What a code is today, as the map takes it; under review comes after these.
STATES = {Decision.ACCEPTED: 0, Decision.SUSPENDED: 1, Decision.WITHDRAWN: 2}

Place = tuple[float, float]  # longitude and latitude


@dataclass(frozen=True)
class _Where:
    """What is known of where an area is, and whether the public may know it."""

    longitude: float | None
    latitude: float | None
    commune: str
    province: str
    is_withheld: bool

    @property
    def place(self) -> Place | None:
        """The middle of the plots, else of the commune; of a withheld place, of the province."""
        if self.is_withheld:
            return province_middles().get(self.province)
        if self.longitude is not None and self.latitude is not None:
            return self.longitude, self.latitude
        commune = neighbourhoods().get(self.commune)
        return (commune.longitude, commune.latitude) if commune else None


def geometry_of(area: GrowingArea) -> dict[str, Any] | None:
    """Return the place of an area as a GeoJSON point, None where nobody knows it."""
    place = _Where(
        area.longitude,
        area.latitude,
        area.commune_id,
        area.commune.province_id,
        area.is_place_withheld,
    ).place
    return {"type": "Point", "coordinates": list(place)} if place else None


def marks(areas: QuerySet[GrowingArea]) -> list[list]:
    """Return the areas that have a place as the map takes them: short rows, no names.

    A row is code, longitude, latitude, what the code is today (0 in force, 1 suspended, 2
    withdrawn, 3 not in force) and whether the place is withheld (0 or 1).
    """
    rows = (
        areas.with_places()
        .order_by("code")
        .values_list(
            "code",
            "decision",
            "longitude",
            "latitude",
            "commune",
            "commune__province",
            "place_is_withheld",
        )
    )
    return [
        [code, *place, STATES.get(decision, len(STATES)), int(where[-1])]
        for code, decision, *where in rows
        if (place := _Where(*where).place)
    ]


def province_names(areas: QuerySet[GrowingArea]) -> list[list]:
    """Return name, longitude and latitude of the provinces that areas lie in."""
    middles = province_middles()
    grown = Province.objects.filter(pk__in=areas.order_by().values("commune__province"))
    return [
        [name, *middles[code]] for code, name in grown.values_list("pk", "name") if code in middles
    ]


def outlines(areas: QuerySet[GrowingArea], box: Box) -> list[dict[str, Any]]:
    """Return the plots in a rectangle as GeoJSON features, of areas whose place may be told."""
    shown = areas.with_places().filter(place_is_withheld=False)
    plots = Plot.objects.within(
        west=box.west, south=box.south, east=box.east, north=box.north
    ).filter(area__in=shown.order_by().values("pk"))
    rows = plots.order_by("pk").values_list("area__code", "label", "geometry")
    return [
        {"type": "Feature", "properties": {"area": code, "label": label}, "geometry": geometry}
        for code, label, geometry in rows[:MOST_OUTLINES]
    ]
