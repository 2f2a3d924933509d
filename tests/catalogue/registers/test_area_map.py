"""Where areas are drawn: as exactly as the public may know."""

import pytest

from catalogue.models import ConservationStatus
from catalogue.plots.neighbourhood import province_middles
from tests.factories.catalogue import (
    CommuneFactory,
    GrowingAreaFactory,
    PlotFactory,
    ReferenceFactory,
    SpeciesFactory,
)

pytestmark = pytest.mark.django_db

SA_PA = [103.837, 22.3497]
BOX = {"west": 103.8, "south": 22.3, "east": 103.9, "north": 22.4}


def drawn(client):
    return client.get("/vi/registers/areas/map.json").json()


@pytest.fixture
def threatened():
    species = SpeciesFactory()
    ConservationStatus.objects.create(
        species=species,
        authority="red_book",
        edition="2007",
        category="EN",
        source=ReferenceFactory(),
    )
    return species


def test_an_area_stands_where_its_plots_are_else_where_its_commune_is(client):
    GrowingAreaFactory(code="VN-1", longitude=103.9, latitude=22.2)
    GrowingAreaFactory(code="VN-2", decision="suspended")
    GrowingAreaFactory(code="VN-3", commune=CommuneFactory(code="99999"), decision="withdrawn")
    found = drawn(client)
    assert found["areas"] == [["VN-1", 103.9, 22.2, 0, 0], ["VN-2", *SA_PA, 1, 0]]
    assert found["provinces"] == [["Lào Cai", *province_middles()["15"]]]


def test_an_area_of_a_threatened_species_stands_in_the_middle_of_its_province(client, threatened):
    GrowingAreaFactory(code="VN-1", longitude=103.9, latitude=22.2, species=[threatened])
    assert drawn(client)["areas"] == [["VN-1", *province_middles()["15"], 0, 1]]


def test_outlines_are_of_the_rectangle_and_never_of_a_withheld_place(client, threatened):
    shown = PlotFactory(area=GrowingAreaFactory(code="VN-1"), label="A")
    PlotFactory(area=shown.area, label="xa", west=104.5)
    PlotFactory(area=GrowingAreaFactory(code="VN-2", species=[threatened]), label="kín")
    PlotFactory(area=GrowingAreaFactory(code="VN-3", decision="draft"), label="nháp")
    found = client.get("/vi/registers/areas/outlines.json", BOX).json()
    assert found == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"area": "VN-1", "label": "A"},
                "geometry": shown.geometry,
            }
        ],
    }


@pytest.mark.parametrize(
    "query", [{}, BOX | {"west": "x"}, BOX | {"north": 91}, BOX | {"west": "nan"}]
)
def test_a_rectangle_that_is_none_is_400(client, query):
    assert client.get("/vi/registers/areas/outlines.json", query).status_code == 400


def test_there_is_an_end_to_outlines(client, monkeypatch):
    monkeypatch.setattr("catalogue.registers.area_map.MOST_OUTLINES", 2)
    area = GrowingAreaFactory()
    for label in "ABC":
        PlotFactory(area=area, label=label)
    found = client.get("/vi/registers/areas/outlines.json", BOX).json()
    assert len(found["features"]) == 2


def test_the_page_of_areas_tells_the_script_where_to_ask(client, settings):
    settings.MAP_TILES_URL = "https://tiles.example.org/{z}/{x}/{y}.png"
    settings.MAP_TILES_ATTRIBUTION = "© Mẫu"
    GrowingAreaFactory()
    page = client.get("/vi/registers/areas/").content.decode()
    assert 'data-areas="/vi/registers/areas/map.json"' in page
    assert 'data-tiles="https://tiles.example.org/{z}/{x}/{y}.png"' in page
    assert 'data-attribution="© Mẫu"' in page
