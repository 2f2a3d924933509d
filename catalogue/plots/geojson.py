"""Reading GeoJSON (RFC 7946): a collection, one feature, or a bare geometry."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from catalogue.plots.features import POINT, POLYGON, Feature, Position, Problem, Reading
from catalogue.plots.numbers import NotANumber, number

LABELS = ("label", "name", "Name", "plot", "ten", "tên", "thua", "thửa", "id", "ProductionPlace")
AREAS = ("hectares", "Area", "area_ha", "ha", "dien_tich_ha", "diện tích (ha)")
# Names of WGS-84 in the member `crs`, which GeoJSON had before 2016.
WGS84 = ("CRS84", "EPSG::4326", "EPSG:4326", "OGC:1.3:CRS84")


def read(text: str) -> Reading:
    """Return the features of a GeoJSON text and what was wrong with it; never raises."""
    try:
        found = json.loads(text, parse_float=Decimal, parse_constant=_not_finite)
    except (ValueError, RecursionError):
        return Reading(problems=[Problem("not_json")])
    if not isinstance(found, dict):
        return Reading(problems=[Problem("not_geojson")])
    if _is_projected(found):
        return Reading(problems=[Problem("another_system")])
    reading = Reading()
    for index, one in enumerate(_features(found), start=1):
        _read_feature(reading, index, one)
    if not reading.features and not reading.problems:
        reading.problems.append(Problem("empty"))
    return reading


def _not_finite(word: str) -> str:
    """Keep NaN and Infinity as words: they are told of where they stand."""
    return word


def _is_projected(found: dict) -> bool:
    crs = found.get("crs")
    if crs is None:
        return False
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return not (isinstance(name, str) and name.endswith(WGS84))


def _features(found: dict) -> list[Any]:
    if found.get("type") == "FeatureCollection":
        features = found.get("features")
        return features if isinstance(features, list) else [found]
    return [found]


def _read_feature(reading: Reading, index: int, one: Any) -> None:
    is_feature = isinstance(one, dict) and one.get("type") == "Feature"
    properties = one.get("properties") if is_feature else None
    properties = properties if isinstance(properties, dict) else {}
    label = _first(properties, LABELS) or str(index)
    geometry = one.get("geometry") if is_feature else one
    try:
        hectares = _hectares(properties)
        parts = list(_parts(geometry))
    except _Unreadable as error:
        reading.problems.append(Problem(error.code, index, label, error.details))
        return
    for part, (kind, rings) in enumerate(parts, start=1):
        name = f"{label}-{part}" if len(parts) > 1 else label
        # What is declared of several parts together says nothing of each.
        declared = hectares if len(parts) == 1 else None
        reading.features.append(Feature(index, name, declared, kind, rings))


class _Unreadable(Exception):
    """A feature of which no plot can be made."""

    def __init__(self, code: str, **details: Any):
        super().__init__(code)
        self.code, self.details = code, details


def _first(properties: dict, names: tuple[str, ...]) -> str:
    for name in names:
        value = properties.get(name)
        if isinstance(value, (str, int, Decimal)) and str(value).strip():
            return " ".join(str(value).split())
    return ""


def _hectares(properties: dict) -> Decimal | None:
    for name in AREAS:
        value = properties.get(name)
        if value not in (None, ""):
            try:
                return number(value)
            except NotANumber as error:
                raise _Unreadable("area_not_a_number", value=str(value)[:40]) from error
    return None


def _parts(geometry: Any) -> Iterator[tuple[str, tuple]]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if not isinstance(kind, str):
        raise _Unreadable("no_geometry")
    if not isinstance(coordinates, list):
        raise _Unreadable("unsupported", kind=kind[:40])
    if kind == POINT:
        yield POINT, ((_position(coordinates),),)
    elif kind == POLYGON:
        yield POLYGON, _rings(coordinates)
    elif kind == "MultiPoint":
        for one in coordinates:
            yield POINT, ((_position(one),),)
    elif kind == "MultiPolygon":
        for one in coordinates:
            yield POLYGON, _rings(one)
    else:
        raise _Unreadable("unsupported", kind=kind[:40])


def _rings(value: Any) -> tuple[tuple[Position, ...], ...]:
    if not isinstance(value, list) or not value or not all(isinstance(one, list) for one in value):
        raise _Unreadable("bad_coordinates")
    return tuple(tuple(_position(one) for one in ring) for ring in value)


def _position(value: Any) -> Position:
    """Return longitude and latitude; a height is left out."""
    if not isinstance(value, list) or not 2 <= len(value) <= 4:
        raise _Unreadable("bad_coordinates")
    try:
        return number(value[0]), number(value[1])
    except NotANumber as error:
        raise _Unreadable("not_a_number", value=str(value[:2])[:40]) from error
