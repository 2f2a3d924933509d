"""Files of plots for tests: squares near Sa Pa, written as people's programs write them."""

import json

WEST, SOUTH, SIDE = 103.84, 22.34, 0.001


def square(west=WEST, south=SOUTH, side=SIDE, decimals=6) -> list[list[str]]:
    """Return the ring of a square as text, counter-clockwise and closed."""
    corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
    return [
        [f"{west + x * side:.{decimals}f}", f"{south + y * side:.{decimals}f}"] for x, y in corners
    ]


def text_of(value) -> str:
    """Write nested coordinates; text stays as it is, as a number of JSON."""
    if isinstance(value, list):
        return f"[{', '.join(map(text_of, value))}]"
    return str(value)


def feature(coordinates, kind="Polygon", **properties) -> str:
    geometry = f'{{"type": "{kind}", "coordinates": {text_of(coordinates)}}}'
    said = json.dumps(properties, ensure_ascii=False)
    return f'{{"type": "Feature", "properties": {said}, "geometry": {geometry}}}'


def polygon(ring=None, **properties) -> str:
    return feature([ring or square()], **properties)


def collection(*features: str, **members) -> bytes:
    more = "".join(f', "{name}": {json.dumps(value)}' for name, value in members.items())
    return f'{{"type": "FeatureCollection"{more}, "features": [{", ".join(features)}]}}'.encode()


def kml(*placemarks: str, prefix="") -> bytes:
    p = f"{prefix}:" if prefix else ""
    name = f"xmlns:{prefix}" if prefix else "xmlns"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{p}kml {name}="http://www.opengis.net/kml/2.2">'
        f"<{p}Document>{''.join(placemarks)}</{p}Document></{p}kml>"
    ).encode()


def placemark(label="Thửa 1", ring=None, inside="") -> str:
    places = " ".join(f"{x},{y},0" for x, y in ring or square())
    return (
        f"<Placemark><name>{label}</name>{inside}<Polygon><outerBoundaryIs><LinearRing>"
        f"<coordinates>\n{places}\n</coordinates></LinearRing></outerBoundaryIs></Polygon>"
        "</Placemark>"
    )
