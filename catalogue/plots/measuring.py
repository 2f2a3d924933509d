"""Measuring on the ellipsoid (WGS-84), and the form in which outlines are kept."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pyproj import Geod
from shapely.geometry import Point, Polygon, shape
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from catalogue.plots.features import POINT, Feature

DECIMALS = 6  # a tenth of a metre; what the EUDR format asks for at least
EARTH = Geod(ellps="WGS84")


@dataclass(frozen=True)
class Box:
    """The rectangle around something, in degrees."""

    west: float
    south: float
    east: float
    north: float


def outline(feature: Feature) -> BaseGeometry:
    """Return the shape of a feature with six decimals, its outline counter-clockwise."""
    if feature.kind == POINT:
        return Point(_rounded(feature.rings[0][0]))
    rings = [[_rounded(position) for position in ring] for ring in feature.rings]
    return orient(Polygon(rings[0], rings[1:]))


def _rounded(position: tuple[Decimal, Decimal]) -> tuple[float, float]:
    longitude, latitude = position
    return float(round(longitude, DECIMALS)), float(round(latitude, DECIMALS))


def area_m2(geometry: BaseGeometry) -> int:
    """Return the area on the ellipsoid in whole square metres; a point or a line has none."""
    if geometry.is_empty or geometry.area == 0:
        return 0
    area, _perimeter = EARTH.geometry_area_perimeter(geometry)
    return round(abs(area))


def shared_m2(one: BaseGeometry, other: BaseGeometry) -> int:
    """Return how much of the ground two outlines share, in whole square metres."""
    common = one.intersection(other)
    parts = getattr(common, "geoms", [common])
    return sum(area_m2(part) for part in parts if part.geom_type == "Polygon")


def kilometres(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Return the distance between two places, given as longitude and latitude."""
    _azimuth, _back, metres = EARTH.inv(*here, *there)
    return metres / 1000


def as_geojson(geometry: BaseGeometry) -> dict[str, Any]:
    """Return a point or polygon as a GeoJSON geometry."""
    if geometry.geom_type == POINT:
        return {"type": POINT, "coordinates": list(geometry.coords[0])}
    return {
        "type": "Polygon",
        "coordinates": [[list(position) for position in geometry.exterior.coords]],
    }


def from_geojson(geometry: dict[str, Any]) -> BaseGeometry:
    """Return the shape of a kept GeoJSON geometry."""
    return shape(geometry)


def box_of(geometry: BaseGeometry) -> Box:
    """Return the rectangle around a shape."""
    return Box(*geometry.bounds)


def middle(geometry: BaseGeometry) -> tuple[float, float]:
    """Return a place inside a shape, as longitude and latitude."""
    inside = geometry.representative_point()
    return inside.x, inside.y
