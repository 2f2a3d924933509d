"""Every fault of every plot is named; what is whole is measured."""

import gzip
import io
import json
import zipfile

from django.utils import translation

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.plots import checking, reading, words
from catalogue.plots.features import Problem
from catalogue.plots.neighbourhood import neighbourhoods
from tests.catalogue.plots.files import (
    SIDE,
    SOUTH,
    WEST,
    collection,
    feature,
    kml,
    placemark,
    polygon,
    square,
)

SA_PA = neighbourhoods()["03006"]
GOOD = polygon(square(WEST + 0.01), label="Tốt")


def found(content: bytes, place=SA_PA) -> list[tuple[int, str]]:
    _plots, problems = checking.check(reading.read(content), place)
    for problem in problems:
        for language in ("vi", "en"):
            with translation.override(language):
                said = f"{words.subject(problem)}: {words.sentence(problem)}"
                assert "%(" not in said
    return [(problem.feature, problem.code) for problem in problems]


def packed(content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("doc.kml", content)
    return file.getvalue()


def open_ring():
    return [*square()[:-1], ["103.840100", "22.340000"]]


BOW_TIE = [square()[at] for at in (0, 1, 3, 2, 0)]
TOO_LONG = "Thửa " + "x" * 80
HOLE = square(WEST + SIDE / 4, SOUTH + SIDE / 4, SIDE / 4)
FLAT = [["103.840000", "22.340000"], ["103.841000", "22.340000"]] * 2 + [
    ["103.840000", "22.340000"]
]
SWAPPED = [[y, x] for x, y in square()]
METRES = [[f"{float(x) * 4000:.6f}", f"{float(y) * 100000:.6f}"] for x, y in square()]
NOWHERE = [["203.840000", "22.340000"], *square()[1:-1], ["203.840000", "22.340000"]]
LEAP = [*square()[:2], ["105.841000", "22.341000"], *square()[3:]]
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    b'<kml xmlns="http://www.opengis.net/kml/2.2"><name>&b;</name></kml>'
)

OF_FILES = {
    "nothing": (b"", "empty"),
    "blanks": (b" \n\t ", "empty"),
    "no features": (collection(), "empty"),
    "no placemarks": (kml(), "empty"),
    "a heading alone": (b"label,lon,lat,hectares\n", "empty"),
    "packed": (packed(kml(placemark())), "zipped"),
    "compressed": (gzip.compress(b"label,lon,lat\n" * 9), "not_text"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "not_text"),
    "cut off": (collection(GOOD)[:-20], "not_json"),
    "nested without end": (b"[" * 100_000, "not_json"),
    "a list": (b"[1, 2]", "not_geojson"),
    "cut off KML": (kml(placemark())[:-20], "not_xml"),
    "a bomb": (BOMB, "not_xml"),
    "a page": (b"<html></html>", "not_kml"),
    "another table": (b"name,colour\nA,green\n", "no_columns"),
    "another system": (
        collection(GOOD, crs={"type": "name", "properties": {"name": "EPSG:3405"}}),
        "another_system",
    ),
    "a system without a name": (collection(GOOD, crs=7), "another_system"),
}

OF_PLOTS = {
    "no geometry": ('{"type": "Feature", "properties": {}, "geometry": null}', "no_geometry"),
    "not a feature": ("17", "no_geometry"),
    "a line": (feature(square(), kind="LineString"), "unsupported"),
    "a collection of shapes": (
        '{"type": "Feature", "geometry": {"type": "GeometryCollection", "geometries": []}}',
        "unsupported",
    ),
    "coordinates are flat": (feature(["103.84", "22.34"]), "bad_coordinates"),
    "one number to a place": (feature([[["103.840000"]] * 4]), "bad_coordinates"),
    "words for numbers": (polygon([['"east"', "22.34"], *square()[1:]]), "not_a_number"),
    "not a number": (polygon([["NaN", "22.34"], *square()[1:]]), "not_a_number"),
    "infinity": (polygon([["1e999999999", "22.34"], *square()[1:]]), "not_a_number"),
    "digits without end": (polygon([["1" * 50, "22.34"], *square()[1:]]), "not_a_number"),
    "true": (polygon([["true", "22.34"], *square()[1:]]), "not_a_number"),
    "hectares in words": (polygon(label="A", hectares="hai"), "area_not_a_number"),
    "no hectares": (polygon(label="A", hectares=0), "area_not_positive"),
    "three positions": (polygon([*square()[:2], square()[0]]), "too_few"),
    "not closed": (polygon(open_ring()), "not_closed"),
    "crosses itself": (polygon(BOW_TIE), "crosses_itself"),
    "a hole": (feature([square(), HOLE]), "hole"),
    "no ground": (polygon(FLAT), "no_area"),
    "swapped": (polygon(SWAPPED), "swapped"),
    "in metres": (polygon(METRES), "in_metres"),
    "nowhere": (polygon(NOWHERE), "out_of_range"),
    "a wrong digit": (polygon(LEAP), "leap"),
    "in Laos": (polygon(square(102.6, 20.0)), "outside_vietnam"),
    "in the sea": (polygon(square(108.9, 19.0)), "outside_vietnam"),
    "in another province": (polygon(square(106.7, 21.95)), "far_from_commune"),
    "five decimals": (polygon(square(decimals=5)), "coarse"),
    "a large point": (feature(square()[0], kind="Point", hectares=4.01), "point_too_large"),
    "a bare point": (feature(square()[0], kind="Point"), "point_without_area"),
    "other hectares": (polygon(hectares=2), "area_differs"),
    "a long name": (polygon(label=TOO_LONG), "long_label"),
    "corners without end": (polygon(square()[:1] * 10_001), "too_many_positions"),
    "the same name": (polygon(label="TỐT"), "same_label"),
    "the same shape": (polygon(square(WEST + 0.01), label="B"), "same_outline"),
    "on another plot": (polygon(square(WEST + 0.0105), label="B"), "overlap"),
}


@pytest.mark.parametrize("case", OF_FILES)
def test_a_file_that_is_none_says_why(case):
    content, code = OF_FILES[case]
    assert found(content) == [(0, code)]


@pytest.mark.parametrize("case", OF_PLOTS)
def test_a_faulty_plot_is_named_and_the_good_one_beside_it_is_not(case):
    bad, code = OF_PLOTS[case]
    assert found(collection(GOOD, bad)) == [(2, code)]


def test_each_kind_of_problem_has_its_words_and_its_case():
    shown = {code for _content, code in (*OF_FILES.values(), *OF_PLOTS.values())}
    elsewhere = {"too_large", "too_many", "not_a_table", "bad_wkt", "overlap_kept", "sum_exceeds"}
    assert shown | elsewhere == {*words.OF_FILES, *words.OF_PLOTS}


def test_all_faults_of_all_plots_are_told_at_once():
    bad = [
        polygon(square(decimals=4), label="A" * 81, hectares=50),
        polygon(BOW_TIE),
        feature([square(decimals=3), HOLE], label="A" * 81),
    ]
    assert found(collection(*bad)) == [
        (1, "long_label"),
        (1, "coarse"),
        (1, "area_differs"),
        (2, "crosses_itself"),
        (3, "long_label"),
        (3, "hole"),
        (3, "same_label"),
    ]


def test_a_whole_plot_is_measured_on_the_ellipsoid():
    plots, problems = checking.check(reading.read(collection(polygon(hectares="1.1"))), SA_PA)
    assert problems == []
    assert (plots[0].area_m2, plots[0].declared_m2) == (11_407, 11_000)


def test_neighbours_that_share_a_strip_are_two_plots():
    strip = polygon(square(WEST + SIDE * 0.995), label="B")
    assert found(collection(polygon(label="A"), strip)) == []


def test_a_program_that_leaves_out_zeros_is_exact_enough():
    ring = [
        ["103.84", "22.34"],
        ["103.841", "22.34"],
        ["103.841234", "22.341"],
        ["103.84", "22.34"],
    ]
    assert found(collection(polygon(ring))) == []


def test_an_island_is_in_vietnam_when_it_is_in_its_commune():
    con_dao = neighbourhoods()["26732"]
    plot = collection(polygon(square(106.6, 8.69)))
    assert found(plot, con_dao) == []
    assert found(plot, None) == [(1, "outside_vietnam")]


@pytest.mark.parametrize(
    ("_case", "west", "south"),
    [
        ("Y Tý", 103.601, 22.6516),
        ("Pa Ủ", 102.649, 22.6252),
        ("Mường Tè", 102.82, 22.38),
        ("Đồng Đăng", 106.697, 21.951),
        ("Mẫu Sơn", 107.005, 21.8008),
        ("Lũng Cú", 105.31, 23.36),
        ("A Pa Chải", 102.18, 22.38),
    ],
)
def test_the_mountains_on_the_border_are_in_vietnam(_case, west, south):
    assert found(collection(polygon(square(west, south))), None) == []


def test_plots_that_are_kept_already_are_named():
    plots, _problems = checking.check(reading.read(collection(polygon(label="A"))), SA_PA)
    moved, _problems = checking.check(
        reading.read(collection(polygon(square(WEST + SIDE / 2)))), SA_PA
    )
    kept = [checking.Known("VN-1, A", plots[0].shape)]
    problem = checking.overlaps_with(moved, kept)[0]
    assert (problem.code, problem.details) == ("overlap_kept", {"other": "VN-1, A", "m2": 5704})
    with translation.override("en"):
        assert words.sentence(problem) == (
            "It lies on 5704 m² of VN-1, A, which is registered already."
        )


@pytest.mark.parametrize(("registered", "is_said"), [(10_000, True), (10_400, False)])
def test_plots_may_be_a_tenth_larger_than_their_area(registered, is_said):
    plots, _problems = checking.check(reading.read(collection(polygon())), SA_PA)
    assert bool(checking.too_large_together(plots, registered)) is is_said


def test_too_many_plots_and_too_many_bytes_are_refused(monkeypatch):
    monkeypatch.setattr(reading, "MOST_FEATURES", 1)
    assert found(collection(GOOD, polygon(label="A"))) == [(0, "too_many")]
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    assert found(collection(GOOD)) == [(0, "too_large")]


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["type", "features", "geometry", "coordinates", "properties", "crs", "hectares"]
            ),
            inner
            | st.sampled_from(["FeatureCollection", "Feature", "Polygon", "Point", "MultiPolygon"]),
            max_size=5,
        )
    ),
    max_leaves=30,
)


@settings(max_examples=150, deadline=None)
@given(JSON)
def test_no_json_breaks_the_reading(value):
    found(json.dumps(value).encode())


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_break_the_reading(content):
    found(content)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(-200, 200), st.floats(-100, 100), st.floats(0, 3)),
        min_size=1,
        max_size=9,
    )
)
def test_no_outline_breaks_the_checking(numbers):
    ring = [[f"{x:.6f}", f"{y:.6f}"] for x, y, _size in numbers]
    found(collection(polygon([*ring, ring[0]])))


def test_a_problem_of_a_whole_file_names_the_file():
    with translation.override("vi"):
        assert words.subject(Problem("empty")) == "Tệp"
        assert words.subject(Problem("hole", 3, "3")) == "Thửa thứ 3"
        assert words.subject(Problem("hole", 3, "A")) == "Thửa thứ 3 (A)"
