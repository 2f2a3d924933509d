"""Where a threatened species grows, no public output names more than the province."""

from django.test import Client

import pytest

from catalogue.models import ConservationStatus
from search import indexing
from tests.factories.catalogue import (
    CertificateFactory,
    CommuneFactory,
    GrowingAreaFactory,
    PlotFactory,
    ProvinceFactory,
    ReferenceFactory,
    SpeciesFactory,
)
from tests.factories.market import LotFactory

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/vi/registers/areas/",
    "/vi/registers/areas/VN-1/",
    "/vi/registers/areas/map.json",
    "/vi/registers/areas/outlines.json?west=103&south=22&east=104&north=23",
    "/vi/registers/areas.csv",
    "/vi/registers/areas.geojson",
    "/vi/registers/areas.json",
    "/vi/registers/statistics/",
    "/vi/registers/certificates/GACP-1/",
    "/vi/market/",
    "/vi/market/lots/SAM-1/",
    "/vi/species/sam/",
    "/vi/search/?q=sam",
    "/api/v1/areas",
    "/api/v1/certificates",
    "/api/v1/lots",
    "/api/v1/lots/SAM-1",
    "/api/v1/species/sam",
    "/api/v1/search?q=sam",
]


@pytest.fixture
def grown(settings, tmp_path, db):
    """A lot of a species in an area of one commune; its seller sits in another one."""
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    province = ProvinceFactory(code="12", name="Lai Châu", full_name="Lai Châu")
    commune = CommuneFactory(
        code="03601", name="Khunhaky", full_name="Xã Khunhaky", province=province
    )
    species = SpeciesFactory(slug="sam", vie="Sâm Lai Châu", live=True)
    area = GrowingAreaFactory(
        code="VN-1", name="Vùng sâm Khunhaky", commune=commune, species=[species]
    )
    PlotFactory(area=area, west=103.501234, south=22.301234)
    paper = CertificateFactory(number="GACP-1", species=[species], areas=[area])
    return LotFactory(code="SAM-1", species=species, areas=[area], certificates=[paper])


def threaten(species) -> None:
    ConservationStatus.objects.create(
        species=species,
        authority="red_book",
        edition="2007",
        category="EN",
        source=ReferenceFactory(),
    )


def telling() -> dict[str, bool]:
    """Return of each output whether it tells of the commune, the area's name or the plot."""
    indexing.rebuild()
    told = {}
    for address in ADDRESSES:
        answer = Client().get(address)
        assert answer.status_code == 200, address
        text = answer.getvalue().decode()
        told[address] = any(word in text for word in ("Khunhaky", "103.50", "103,50", "03601"))
    return told


def found(text: str) -> int:
    lots = Client().get("/api/v1/search", {"q": text, "kind": "lots"}).json()["count"]
    areas = Client().get("/vi/registers/areas/", {"q": text}).context["total"]
    assert bool(lots) == bool(areas)
    return lots


def test_the_places_of_other_species_are_told(grown):
    told = telling()
    assert {address for address in told if told[address]} >= {
        "/vi/registers/areas/",
        "/vi/registers/areas/VN-1/",
        "/vi/registers/areas/outlines.json?west=103&south=22&east=104&north=23",
        "/vi/registers/areas.csv",
        "/vi/registers/areas.json",
        "/vi/registers/certificates/GACP-1/",
        "/vi/market/lots/SAM-1/",
        "/api/v1/areas",
        "/api/v1/lots/SAM-1",
    }
    assert found("khunhaky") == 1


def test_of_a_threatened_species_nothing_tells_the_place(grown):
    threaten(grown.species)
    told = telling()
    assert not any(told.values()), told
    assert "Lai Châu" in Client().get("/vi/registers/areas/VN-1/").content.decode()
    assert "kín" in Client().get("/vi/registers/areas/VN-1/").content.decode()
    assert found("khunhaky") == 0
    area = Client().get("/api/v1/areas").json()["items"][0]
    assert (area["name"], area["commune"], area["commune_code"]) == ("", None, None)
    assert area["province"] == "Lai Châu"


def test_one_threatened_species_of_several_is_enough(grown):
    area, other = grown.areas.get(), SpeciesFactory(slug="khac")
    threaten(other)
    assert not area.is_place_withheld
    area.species.add(other)
    assert area.is_place_withheld
    assert not any(telling().values())
