"""The rows of the archive, table by table."""

import pytest

from catalogue.models import (
    Compound,
    ConservationStatus,
    Distribution,
    Marker,
    Species,
    SpeciesText,
    SpeciesTrait,
    Synonym,
    VernacularName,
)
from catalogue.models.traits import TraitStateLabel
from catalogue.models.vocabulary import CompoundLabel
from tests.factories.catalogue import (
    CommuneFactory,
    PartFactory,
    ReferenceFactory,
    SpeciesFactory,
    TraitFactory,
    TraitStateFactory,
)

pytestmark = pytest.mark.django_db
CITED = "Đỗ Tất Lợi. Những cây thuốc và vị thuốc Việt Nam."


@pytest.fixture
def que():
    return SpeciesFactory(
        slug="que",
        scientific_name="Cinnamomum cassia",
        authorship="(L.) J.Presl",
        vie="Quế",
        eng="Chinese cinnamon",
    )


def test_an_accepted_name_is_taken_apart_and_a_synonym_points_at_it(que, table):
    Synonym.objects.create(
        species=que, name="Laurus cassia", authorship="L.", kind=Synonym.Kind.BASIONYM
    )
    Synonym.objects.create(
        species=que, name="Cinnamomum cassia var. macrophyllum", authorship="Nees", sort_order=1
    )
    accepted, basionym, variety = table("taxon")
    assert accepted["taxonID"] == "que"
    assert accepted["scientificName"] == "Cinnamomum cassia (L.) J.Presl"
    assert (accepted["genus"], accepted["specificEpithet"]) == ("Cinnamomum", "cassia")
    assert accepted["taxonRank"] == "species"
    assert accepted["taxonomicStatus"] == "accepted"
    assert accepted["nomenclaturalCode"] == "ICN"
    assert accepted["originalNameUsageID"] == basionym["taxonID"] == "que#syn-laurus-cassia"
    assert accepted["vernacularName"] == "Quế"
    assert accepted["references"] == "http://testserver/vi/species/que/"
    assert accepted["informationWithheld"] == ""
    assert basionym["taxonomicStatus"] == "homotypicSynonym"
    assert basionym["acceptedNameUsageID"] == "que"
    assert (basionym["genus"], basionym["genericName"]) == ("Cinnamomum", "Laurus")
    assert (variety["taxonRank"], variety["infraspecificEpithet"]) == ("variety", "macrophyllum")


def test_a_synonym_keeps_its_identifier_when_others_come_and_go(que, table):
    def ids():
        return {row["scientificName"]: row["taxonID"] for row in table("taxon")}

    Synonym.objects.create(species=que, name="Laurus cassia", authorship="L.", sort_order=5)
    before = ids()["Laurus cassia L."]
    Synonym.objects.create(species=que, name="Persea cassia", sort_order=1)
    Synonym.objects.create(species=que, name="Laurus cassia", authorship="Burm.f.", sort_order=7)
    que.save()
    after = ids()
    assert after["Laurus cassia L."] == before == "que#syn-laurus-cassia"
    assert after["Laurus cassia Burm.f."] == "que#syn-laurus-cassia-burm-f"


def test_the_first_common_name_of_a_language_is_the_preferred_one(que, table):
    source = ReferenceFactory()
    more = [
        ("Quế đơn", "vie", "vernacular", None),
        ("Cortex Cinnamomi", "lat", "pharmaceutical", None),
        ("Tên bản", "mww", "vernacular", CommuneFactory()),
    ]
    for position, (name, language, kind, commune) in enumerate(more, 2):
        VernacularName.objects.create(
            species=que, name=name, language=language, kind=kind, commune=commune,
            source=source, locator="tr. 7", sort_order=position,
        )  # fmt: skip
    columns = ("vernacularName", "language", "isPreferredName", "locality", "taxonRemarks")
    assert [tuple(row[column] for column in columns) for row in table("vernacularname")] == [
        ("Quế", "vie", "true", "", "vernacular"),
        ("Chinese cinnamon", "eng", "true", "", "vernacular"),
        ("Quế đơn", "vie", "false", "", "vernacular"),
        ("Cortex Cinnamomi", "lat", "false", "", "pharmaceutical"),
        ("Tên bản", "mww", "true", "Phường Sa Pa, Lào Cai", "vernacular"),
    ]
    assert table("vernacularname")[-1]["source"] == f"{CITED} [tr. 7]"


def test_a_place_has_an_identifier_and_says_how_the_plant_came_there(que, table):
    source, commune = ReferenceFactory(), CommuneFactory()
    for position, values in enumerate(
        [
            {"province": commune.province, "means": "cultivated"},
            {"province": commune.province, "commune": commune, "means": "naturalised"},
            {"area_code": "CHC", "status": "extirpated"},
            {"area_code": "VIE", "status": "doubtful", "means": "uncertain"},
        ]
    ):
        Distribution.objects.create(species=que, source=source, sort_order=position, **values)
    columns = (
        "locationID", "locality", "countryCode", "occurrenceStatus", "establishmentMeans",
        "degreeOfEstablishment", "occurrenceRemarks",
    )  # fmt: skip
    assert [tuple(row[column] for column in columns) for row in table("distribution")] == [
        ("VN-GSO:15", "Lào Cai", "VN", "present", "", "cultivated", ""),
        ("VN-GSO:03006", "Phường Sa Pa, Lào Cai", "VN", "present", "introduced", "established", ""),
        ("WGSRPD:CHC", "", "", "absent", "native", "native", "no longer found"),
        ("WGSRPD:VIE", "", "VN", "doubtful", "uncertain", "", ""),
    ]


def test_every_authority_has_a_row_in_its_own_words(que, table):
    for position, (authority, edition, category, scope) in enumerate(
        [
            ("red_book", "2007", "LR", "national"),
            ("iucn", "3.1", "NT", "global"),
            ("cites", "2023", "II", "global"),
            ("decree", "84/2021/NĐ-CP", "IIA", "national"),
        ]
    ):
        ConservationStatus.objects.create(
            species=que, authority=authority, edition=edition, category=category, scope=scope,
            year=2020, source=ReferenceFactory(), sort_order=position,
        )  # fmt: skip
    columns = ("locality", "threatStatus", "appendixCITES", "occurrenceRemarks")
    assert [tuple(row[column] for column in columns) for row in table("distribution")] == [
        # Lower risk is not near threatened, and is never turned into it.
        ("Viet Nam", "", "", "Vietnam Red Data Book 2007: LR"),
        ("world", "NT", "", "IUCN Red List 3.1: NT"),
        ("world", "", "II", "CITES 2023: II"),
        ("Viet Nam", "", "", "Decree of the government of Viet Nam 84/2021/NĐ-CP: IIA"),
    ]


def test_each_passage_is_a_row_in_its_language_with_its_sources(que, table):
    ReferenceFactory(code="powo", author="Kew", title="POWO", year=2024)
    SpeciesText.objects.filter(species=que, language="en").update(
        description="A tree.[^powo] Old.\nSecond\tline.[^do-tat-loi][^powo]", cautions=""
    )
    rows = [
        (row["type"], row["language"], row["description"], row["source"])
        for row in table("description")
    ]
    assert rows == [
        ("morphology", "vi", "Cây gỗ mẫu.", ""),
        ("cautions", "vi", "Thận trọng mẫu.", ""),
        (
            "morphology",
            "en",
            "A tree (Kew, 2024). Old. Second line (Đỗ Tất Lợi; Kew, 2024).",
            f"Kew (2024). POWO. | {CITED}",
        ),
    ]


def test_the_works_behind_a_record_are_references(que, table):
    que.references.add(ReferenceFactory())
    que.save()
    (row,) = table("reference")
    assert row["bibliographicCitation"] == CITED
    assert (row["creator"], row["type"], row["date"]) == ("Đỗ Tất Lợi", "book", "")


def test_how_a_plant_lives_is_said_in_english(que, table):
    for code, trait, words in (("tree", "habit", "tree"), ("field", "habitat", "field crop")):
        state = TraitStateFactory(code=code, trait=TraitFactory(code=trait))
        TraitStateLabel.objects.create(term=state, language="vi", text="tiếng Việt")
        TraitStateLabel.objects.create(term=state, language="en", text=words)
        SpeciesTrait.objects.create(species=que, state=state)
    (row,) = table("speciesprofile")
    assert row == {
        "taxonID": "que",
        "isTerrestrial": "true",
        "isMarine": "false",
        "lifeForm": "tree",
        "habitat": "field crop",
    }


def test_elevations_and_limits_are_measurements_and_a_compound_without_limit_is_none(que, table):
    Species.objects.filter(pk=que.pk).update(elevation_min_m=200, elevation_max_m=1000)
    part, source = PartFactory(), ReferenceFactory()
    for code, limit in (
        ("coumarin", {}),
        (
            "cinnamaldehyde",
            {"bound": "min", "limit": "1.50", "unit": "%", "basis": "dried", "edition": "DĐVN V"},
        ),
    ):
        compound = Compound.objects.create(code=code)
        CompoundLabel.objects.create(term=compound, language="en", text=code)
        Marker.objects.create(species=que, part=part, compound=compound, source=source, **limit)
    assert [
        (row["measurementType"], row["measurementValue"], row["measurementUnit"])
        for row in table("measurementorfact")
    ] == [
        ("minimum elevation", "200", "m"),
        ("maximum elevation", "1000", "m"),
        ("content of cinnamaldehyde in bark, at least", "1.5", "%"),
    ]
    assert table("measurementorfact")[-1]["measurementRemarks"] == "on the dried drug; DĐVN V"


def test_the_number_of_queries_does_not_grow_with_the_collection(
    que, django_assert_num_queries, monkeypatch
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from catalogue.exports import building

    with CaptureQueriesContext(connection) as one:
        building.build()
    for _more in range(5):
        SpeciesFactory()
    with django_assert_num_queries(len(one)):
        building.build()


def test_records_are_read_chunk_by_chunk(monkeypatch, table):
    monkeypatch.setattr("catalogue.exports.records.CHUNK", 2)
    slugs = [SpeciesFactory().slug for _one in range(5)]
    assert [row["taxonID"] for row in table("taxon")] == slugs
