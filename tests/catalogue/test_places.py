"""Of a threatened species the public is told no commune, in the list and on the map alike."""

import pytest

from catalogue import conservation
from catalogue.models import ConservationStatus, Distribution, Province, Species
from catalogue.places import is_withheld, public_places
from catalogue.province_map import ROWS, tiles
from tests.factories.catalogue import (
    CommuneFactory,
    ProvinceFactory,
    ReferenceFactory,
    SpeciesFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def species():
    """A species in one province, two of its communes, and one area of the world."""
    species, source = SpeciesFactory(), ReferenceFactory()
    province = ProvinceFactory()
    communes = [CommuneFactory(), CommuneFactory(code="03007", name="Tả Van")]
    rows = [
        {"province": province, "commune": communes[0]},
        {"province": province, "commune": communes[1], "means": "cultivated"},
        {"area_code": "CHC"},
    ]
    for position, row in enumerate(rows):
        Distribution.objects.create(species=species, source=source, sort_order=position, **row)
    return species


def threaten(species, authority="red_book", category="EN"):
    ConservationStatus.objects.create(
        species=species,
        authority=authority,
        category=category,
        edition="x",
        scope="national",
        source=ReferenceFactory(),
    )


def shown(species):
    return [(p.province_id, p.commune_id, p.area_code) for p in public_places(species)]


def test_places_of_a_common_species_are_told_as_they_are(species):
    assert shown(species) == [("15", "03006", ""), ("15", "03007", ""), (None, None, "CHC")]
    assert not is_withheld(species)


def test_of_a_threatened_species_each_province_is_told_once_without_communes(species):
    threaten(species)
    assert shown(species) == [("15", None, ""), (None, None, "CHC")]
    assert is_withheld(species)


def test_the_row_of_the_whole_province_speaks_for_it(species):
    threaten(species)
    Distribution.objects.create(
        species=species, province_id="15", status="rare", source=ReferenceFactory(), sort_order=9
    )
    assert [row.status for row in public_places(species)] == ["rare", "present"]


@pytest.mark.parametrize(
    ("authority", "category", "threatened"),
    [
        ("iucn", "CR", True),
        ("iucn", "NT", False),
        ("red_book", "VU", True),
        ("red_book", "LR", False),
        ("decree", "IIA", True),
        ("cites", "II", False),
        ("cites", "I", True),
    ],
)
def test_one_list_is_enough_to_be_threatened(species, authority, category, threatened):
    threaten(species, authority, category)
    assert species.is_threatened is threatened
    assert Species.objects.threatened().exists() is threatened


def test_strict_protection_is_the_first_group_and_the_first_appendix():
    row = ConservationStatus
    assert conservation.is_strictly_protected([row(authority="decree", category="IA")])
    assert conservation.is_strictly_protected([row(authority="cites", category="I")])
    assert not conservation.is_strictly_protected([row(authority="decree", category="IIA")])
    assert not conservation.is_strictly_protected([row(authority="iucn", category="CR")])


def test_every_listing_that_threatens_is_a_category_of_its_list():
    for table in (conservation.THREATENED, conservation.STRICT):
        for authority, categories in table.items():
            assert categories <= set(conservation.CATEGORIES[authority])


def test_the_map_has_a_tile_for_every_province_and_lights_those_of_the_species(species):
    codes = [code for row in ROWS for code in row.split() if code != "."]
    assert len(codes) == len(set(codes)) == 34
    drawn = tiles(public_places(species), Province.objects.all())
    assert [(tile.name, tile.means) for tile in drawn] == [("Lào Cai", "cultivated")]


@pytest.mark.usefixtures("demonstration")
def test_the_map_has_the_provinces_of_the_official_list():
    codes = {code for row in ROWS for code in row.split() if code != "."}
    assert codes == set(Province.objects.values_list("code", flat=True))
