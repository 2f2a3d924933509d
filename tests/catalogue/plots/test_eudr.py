"""The export is read by the strictest reader we know: our own checks."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.plots import checking, eudr, reading
from catalogue.plots.measuring import as_geojson
from tests.catalogue.plots.files import collection, feature, polygon, square


def written(*features: str) -> tuple[list[checking.Plot], bytes]:
    plots, problems = checking.check(reading.read(collection(*features)), None)
    assert problems == []
    rows = [
        eudr.Row(as_geojson(plot.shape), plot.area_m2, "HTX Mẫu", "VN-1, Sa Pa") for plot in plots
    ]
    return plots, eudr.write(rows)


def test_properties_are_spelled_as_the_commission_does():
    point = feature(square(103.9)[0], "Point", hectares="0.25", label="B")
    _plots, content = written(polygon(label="A"), point)
    found = json.loads(content)
    assert found["type"] == "FeatureCollection"
    assert [one["properties"] for one in found["features"]] == [
        {
            "ProducerCountry": "VN",
            "ProducerName": "HTX Mẫu",
            "ProductionPlace": "VN-1, Sa Pa",
            "Area": area,
        }
        for area in (1.1407, 0.25)
    ]
    assert [one["geometry"]["type"] for one in found["features"]] == ["Polygon", "Point"]
    assert '"coordinates":[103.900000,22.340000]' in content.decode()


def test_an_outline_drawn_clockwise_is_turned_round():
    plots, content = written(polygon(square()[::-1]))
    ring = json.loads(content)["features"][0]["geometry"]["coordinates"][0]
    assert ring == [[float(x), float(y)] for x, y in square()]
    assert plots[0].shape.exterior.is_ccw


@settings(max_examples=80, deadline=None)
@given(
    corners=st.lists(
        st.tuples(st.integers(103_000_000, 103_900_000), st.integers(22_000_000, 22_600_000)),
        min_size=3,
        max_size=3,
        unique=True,
    )
)
def test_whatever_is_whole_comes_back_unchanged(corners):
    ring = [[f"{x / 1e6:.6f}", f"{y / 1e6:.6f}"] for x, y in corners]
    content = collection(polygon([*ring, ring[0]]))
    plots, problems = checking.check(reading.read(content), None)
    if problems:
        return
    rows = [eudr.Row(as_geojson(plot.shape), plot.area_m2, "", "") for plot in plots]
    again, problems = checking.check(reading.read(eudr.write(rows)), None)
    assert problems == []
    assert again[0].shape.equals_exact(plots[0].shape)
    assert set(again[0].shape.exterior.coords) == {(float(x), float(y)) for x, y in ring}


def test_too_many_plots_for_one_statement_are_counted(monkeypatch):
    monkeypatch.setattr(eudr, "MOST_BYTES", 1_000)
    row = eudr.Row({"type": "Point", "coordinates": [103.84, 22.34]}, 10_000, "HTX", "Sa Pa")
    with pytest.raises(eudr.TooLarge) as refusal:
        eudr.write([row] * 9)
    fitting = refusal.value.fitting
    assert 0 < fitting < 9
    assert json.loads(eudr.write([row] * fitting))


def test_no_plots_are_an_empty_collection():
    assert json.loads(eudr.write([])) == {"type": "FeatureCollection", "features": []}
