"""The facet of communes: asked within one province, and silent about threatened plants."""

import pytest

from catalogue.models import Commune, ConservationStatus, Distribution, Reference
from search.documents.species import SpeciesDocument

PAGE = "/vi/search/"


@pytest.fixture
def grows(add_species):
    """Let a species occur in communes."""

    def put(species, *communes):
        source = Reference.objects.get(code="book")
        for code in communes:
            commune = Commune.objects.get(pk=code)
            Distribution.objects.create(
                species=species, province=commune.province, commune=commune, source=source
            )

    return put


@pytest.fixture
def cassia(add_species, grows):
    species = add_species("Cinnamomum cassia", "Quế")
    grows(species, "00001", "00003")
    return species


def facets(client, **asked):
    answer = client.get(PAGE, asked)
    return {facet.name: facet for facet in answer.context["facets"]}


def values(facet):
    return [(choice.value, choice.label, choice.count) for choice in facet.choices]


def document(species):
    return SpeciesDocument.from_model(SpeciesDocument.queryset().get(pk=species.pk))


def test_communes_are_asked_within_one_province(client, cassia, add_lot, rebuild):
    add_lot(cassia, "QUE-1", commune="00002")
    rebuild()

    within = facets(client, province="15")

    assert values(within["commune"]) == [("00002", "Bắc Hà", 1), ("00001", "Văn Yên", 1)]
    assert "commune" not in facets(client)
    assert "commune" not in facets(client, province=["15", "08"])


def test_a_commune_narrows_and_goes_with_its_province(client, cassia, add_lot, rebuild, found):
    add_lot(cassia, "QUE-1", commune="00002")
    rebuild()

    within = facets(client, province="15", commune="00001")

    assert found(commune="00002") == [("lots", "QUE-1")]
    assert [choice.url for choice in within["province"].choices if not choice.selected] == [
        "/vi/search/?province=15&province=08"
    ]
    assert [choice.url for choice in within["province"].choices if choice.selected] == [
        "/vi/search/"
    ]


def test_a_picked_commune_stays_in_sight_without_its_province(client, cassia, rebuild):
    rebuild()

    assert values(facets(client, commune="00001")["commune"]) == [("00001", "Văn Yên", 1)]


def test_no_commune_is_told_of_a_threatened_species(client, cassia, rebuild, found):
    assert document(cassia).facets["commune"] == ("00001", "00003")
    ConservationStatus.objects.create(
        species=cassia,
        authority="iucn",
        edition="2023-1",
        category="EN",
        year=2023,
        source=Reference.objects.get(code="book"),
    )
    rebuild()

    assert document(cassia).facets["commune"] == ()
    assert document(cassia).facets["province"] == ("15", "08")
    assert found(commune="00001") == []
    assert "commune" not in facets(client, province="15")


def test_the_api_tells_communes_of_the_province_asked_for(client, cassia, rebuild):
    rebuild()

    told = client.get("/api/v1/search", {"province": "15"}).json()["facets"]["commune"]

    assert told == [{"value": "00001", "label": "Văn Yên", "count": 1, "selected": False}]
