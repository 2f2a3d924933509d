"""Reading a table of plots: points by longitude and latitude, or outlines as WKT."""

import csv
import io
from decimal import Decimal

from shapely import wkt
from shapely.errors import ShapelyError

from catalogue.plots.features import POINT, POLYGON, Feature, Position, Problem, Reading
from catalogue.plots.numbers import NotANumber, number
from core.text import fold

# Headings as people write them, folded.
HEADINGS = {
    "label": {"label", "name", "plot", "thua", "ten", "ten thua", "so thua"},
    "lon": {"lon", "lng", "long", "longitude", "x", "kinh do"},
    "lat": {"lat", "latitude", "y", "vi do"},
    "hectares": {"hectares", "ha", "area", "area_ha", "dien tich", "dien tich (ha)"},
    "wkt": {"wkt", "geometry", "hinh"},
}
DELIMITERS = ",;\t"
# Twice an outline of as many corners as are read.
LONGEST_LINE = 500_000


def read(text: str) -> Reading:
    """Return the plots of a table and what was wrong with it; never raises."""
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    if len(max(text.split("\n"), key=len)) > LONGEST_LINE:
        return Reading(problems=[Problem("not_a_table")])
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_LINE))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return Reading(problems=[Problem("not_a_table")])
    columns = _columns(rows[0]) if rows else {}
    if "wkt" not in columns and not {"lon", "lat"} <= columns.keys():
        return Reading(problems=[Problem("no_columns")])
    reading = Reading()
    for index, row in enumerate(rows[1:], start=1):
        if any(cell.strip() for cell in row):
            cells = {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}
            _read_row(reading, index, cells, decimal_comma=delimiter != ",")
    if not reading.features and not reading.problems:
        reading.problems.append(Problem("empty"))
    return reading


def _columns(heading: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(heading):
        for name, spellings in HEADINGS.items():
            if " ".join(fold(cell).split()) in spellings:
                found.setdefault(name, at)
    return found


def _read_row(reading: Reading, index: int, cells: dict[str, str], *, decimal_comma: bool) -> None:
    label = " ".join(cells.get("label", "").split()) or str(index)

    def read_number(name: str) -> Decimal:
        text = cells.get(name, "")
        return number(text.replace(",", ".") if decimal_comma else text)

    try:
        hectares = read_number("hectares") if cells.get("hectares") else None
    except NotANumber:
        problem = Problem("area_not_a_number", index, label, {"value": cells["hectares"][:40]})
        reading.problems.append(problem)
        return
    if cells.get("wkt"):
        _read_wkt(reading, index, label, hectares, cells["wkt"])
        return
    try:
        position = read_number("lon"), read_number("lat")
    except NotANumber:
        said = f"{cells.get('lon', '')} {cells.get('lat', '')}"
        reading.problems.append(Problem("not_a_number", index, label, {"value": said[:40]}))
        return
    reading.features.append(Feature(index, label, hectares, POINT, ((position,),)))


def _read_wkt(
    reading: Reading, index: int, label: str, hectares: Decimal | None, text: str
) -> None:
    """Read an outline. The numbers are taken from the text, to keep their decimals."""
    try:
        shape = wkt.loads(text)
    except (ShapelyError, ValueError, TypeError):
        reading.problems.append(Problem("bad_wkt", index, label))
        return
    if shape.geom_type not in (POINT, POLYGON) or shape.is_empty:
        reading.problems.append(Problem("unsupported", index, label, {"kind": shape.geom_type}))
        return
    inside = text[text.index("(") :].strip().strip("()")
    try:
        rings = tuple(
            tuple(_position(one) for one in ring.split(",")) for ring in _split_rings(inside)
        )
    except (NotANumber, ValueError):
        reading.problems.append(Problem("bad_coordinates", index, label))
        return
    reading.features.append(Feature(index, label, hectares, shape.geom_type, rings))


def _split_rings(inside: str) -> list[str]:
    return [ring.strip(" ()\n\t") for ring in inside.split("),")]


def _position(text: str) -> Position:
    parts = text.split()
    return number(parts[0]), number(parts[1])
