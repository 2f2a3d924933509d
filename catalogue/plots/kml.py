"""Reading KML: placemarks with points and polygons, whatever else the file holds."""

from collections.abc import Iterator
from decimal import Decimal
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from catalogue.plots.features import POINT, POLYGON, Feature, Position, Problem, Reading
from catalogue.plots.numbers import NotANumber, number

AREAS = ("hectares", "area", "area_ha", "ha")


def read(text: str) -> Reading:
    """Return the features of a KML file and what was wrong with it; never raises."""
    try:
        root = fromstring(text)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
        return Reading(problems=[Problem("not_xml")])
    if _name(root) != "kml":
        return Reading(problems=[Problem("not_kml")])
    reading = Reading()
    placemarks = (element for element in root.iter() if _name(element) == "Placemark")
    for index, placemark in enumerate(placemarks, start=1):
        _read_placemark(reading, index, placemark)
    if not reading.features and not reading.problems:
        reading.problems.append(Problem("empty"))
    return reading


def _name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _read_placemark(reading: Reading, index: int, placemark: Element) -> None:
    label = _text_of(placemark, "name") or str(index)
    shapes = [one for one in placemark.iter() if _name(one) in (POINT, POLYGON, "LineString")]
    if not shapes:
        reading.problems.append(Problem("no_geometry", index, label))
        return
    for part, shape in enumerate(shapes, start=1):
        name = f"{label}-{part}" if len(shapes) > 1 else label
        try:
            declared = _hectares(placemark) if len(shapes) == 1 else None
            kind, rings = _shape(shape)
        except NotANumber:
            reading.problems.append(Problem("bad_coordinates", index, name))
        except _Unsupported:
            reading.problems.append(Problem("unsupported", index, name, {"kind": _name(shape)}))
        else:
            reading.features.append(Feature(index, name, declared, kind, rings))


class _Unsupported(Exception):
    """A shape that is no plot."""


def _shape(shape: Element) -> tuple[str, tuple]:
    if _name(shape) == POINT:
        return POINT, (tuple(_positions(shape))[:1],)
    if _name(shape) != POLYGON:
        raise _Unsupported
    outer = [one for one in shape if _name(one) == "outerBoundaryIs"]
    inner = [one for one in shape if _name(one) == "innerBoundaryIs"]
    return POLYGON, tuple(tuple(_positions(ring)) for ring in (*outer, *inner))


def _positions(element: Element) -> Iterator[Position]:
    """Give the positions of the coordinates below an element; a height is left out."""
    text = _text_of(element, "coordinates", deep=True)
    if not text:
        raise NotANumber
    for one in text.split():
        parts = one.split(",")
        if len(parts) < 2:
            raise NotANumber
        yield number(parts[0]), number(parts[1])


def _text_of(element: Element, name: str, *, deep: bool = False) -> str:
    for one in element.iter() if deep else element:
        if _name(one) == name:
            return " ".join((one.text or "").split())
    return ""


def _hectares(placemark: Element) -> Decimal | None:
    for one in placemark.iter():
        named = one.get("name", "")
        if _name(one) in ("Data", "SimpleData") and named.lower() in AREAS:
            text = _text_of(one, "value") or " ".join((one.text or "").split())
            return number(text) if text else None
    return None
