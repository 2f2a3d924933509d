"""Files as programs write them are read alike."""

from decimal import Decimal

import pytest

from catalogue.plots import reading
from catalogue.plots.features import POINT, POLYGON
from tests.catalogue.plots.files import collection, feature, kml, placemark, polygon, square

RING = tuple((Decimal(x), Decimal(y)) for x, y in square())
WKT = f"POLYGON (({', '.join(f'{x} {y}' for x, y in square())}))"


def one_of(content: bytes):
    read = reading.read(content)
    assert read.problems == []
    (plot,) = read.features
    return plot


@pytest.mark.parametrize(
    ("_case", "content"),
    [
        ("a collection", collection(polygon(name="Thửa 1", Area=1.1))),
        ("one feature", polygon(name="Thửa 1", Area=1.1).encode()),
        ("with a byte order mark", b"\xef\xbb\xbf" + collection(polygon(name="Thửa 1", Area=1.1))),
        (
            "as its own system says",
            collection(
                polygon(name="Thửa 1", Area="1.1"),
                crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
            ),
        ),
        (
            "one part of many",
            collection(feature([[square()]], "MultiPolygon", label="Thửa 1", ha=1.1)),
        ),
        (
            "KML",
            kml(placemark(inside='<Data name="hectares"><value>1.1</value></Data>')),
        ),
        ("a table", f'Thửa,Diện tích (ha),WKT\nThửa 1,1.1,"{WKT}"\n'.encode()),
        ("a table of Excel", f"thửa;hình;ha\r\nThửa 1;{WKT};1,1\r\n".encode("utf-16")),
    ],
)
def test_the_same_plot_is_read_of_every_format(_case, content):
    plot = one_of(content)
    assert (plot.number, plot.label, plot.kind, plot.hectares) == (
        1,
        "Thửa 1",
        POLYGON,
        Decimal("1.1"),
    )
    assert plot.rings == (RING,)


@pytest.mark.parametrize(
    ("_case", "content"),
    [
        ("GeoJSON", collection(feature(["103.840000", "22.340000", "1500"], "Point", id=7, ha=2))),
        ("a bare geometry", b'{"type": "Point", "coordinates": [103.840000, 22.340000]}'),
        ("a table", b"label,lon,lat,hectares\n7,103.840000,22.340000,2\n"),
        ("with decimal commas", b"lat;lon;label;ha\n22,340000;103,840000;7;2,0\n"),
        ("with tabs", "vĩ độ\tkinh độ\tthửa\n22.340000\t103.840000\t7\n".encode()),
        ("WKT", b"label,wkt\n7,POINT (103.840000 22.340000)\n"),
    ],
)
def test_points_are_read_with_their_decimals(_case, content):
    plot = one_of(content)
    assert plot.kind == POINT
    assert [str(number) for number in plot.rings[0][0]] == ["103.840000", "22.340000"]


def test_parts_become_plots_of_their_own():
    two = [[square()], [square(103.85)]]
    read = reading.read(collection(feature(two, "MultiPolygon", label="A", hectares=2)))
    assert [(plot.label, plot.hectares) for plot in read.features] == [("A-1", None), ("A-2", None)]
    shapes = placemark("A", inside="").replace("<Polygon>", "<MultiGeometry><Polygon>", 1)
    both = shapes.replace("</Placemark>", placemark("x").split("</name>")[1])
    both = both.replace("</Placemark>", "</MultiGeometry></Placemark>")
    assert [plot.label for plot in reading.read(kml(both)).features] == ["A-1", "A-2"]


def test_kml_with_a_prefix_is_read():
    prefixed = placemark().replace("<", "<k:").replace("<k:/", "</k:")
    assert one_of(kml(prefixed, prefix="k")).label == "Thửa 1"


def test_a_hole_of_kml_is_a_second_ring():
    inner = placemark().split("<Polygon>")[1].split("</Polygon>")[0].replace("outer", "inner")
    with_hole = placemark().replace("</Polygon>", f"{inner}</Polygon>")
    assert len(one_of(kml(with_hole)).rings) == 2


@pytest.mark.parametrize(
    ("_case", "content", "codes"),
    [
        ("a line", kml("<Placemark><LineString/></Placemark>"), ["unsupported"]),
        ("no coordinates", kml("<Placemark><Point/></Placemark>"), ["bad_coordinates"]),
        (
            "words",
            kml("<Placemark><Point><coordinates>a,b</coordinates></Point></Placemark>"),
            ["bad_coordinates"],
        ),
        ("no shape", kml("<Placemark><name>A</name></Placemark>"), ["no_geometry"]),
        ("bad WKT", b"label,wkt\nA,POLYGON ((1 2\n", ["bad_wkt"]),
        ("a line of WKT", b"label;wkt\nA;LINESTRING (1 2, 3 4)\n", ["unsupported"]),
        ("an empty cell", b"label,lon,lat\nA,,22.34\n", ["not_a_number"]),
        ("hectares in words", b"label,lon,lat,ha\nA,103.84,22.34,hai\n", ["area_not_a_number"]),
        ("a short row", b"label,lon,lat\nA\n", ["not_a_number"]),
        ("two faults", b"label,lon,lat\nA,x,y\nB,z,22\n", ["not_a_number"] * 2),
        ("a cell without end", b'label,lon,lat\n"' + b"x" * 600_000 + b'",1,2\n', ["not_a_table"]),
    ],
)
def test_what_cannot_be_read_is_named(_case, content, codes):
    assert [problem.code for problem in reading.read(content).problems] == codes


def test_empty_rows_of_a_table_are_passed_over_but_counted():
    read = reading.read(b"label,lon,lat\n\n , ,\nA,103.840000,22.340000\n")
    assert [(plot.number, plot.label) for plot in read.features] == [(3, "A")]
