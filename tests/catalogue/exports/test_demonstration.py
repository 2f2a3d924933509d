"""The archive of the whole demonstration, read by somebody else's reader."""

import csv

import pytest
from dwca.darwincore.utils import qualname
from dwca.read import DwCAReader

from catalogue.exports import building
from catalogue.models import Distribution, Species, Synonym, VernacularName

pytestmark = [pytest.mark.usefixtures("demonstration"), pytest.mark.django_db]

GBIF = "http://rs.gbif.org/terms/1.0/"
ROW_TYPES = {
    f"{GBIF}Description",
    f"{GBIF}Distribution",
    f"{GBIF}Multimedia",
    f"{GBIF}Reference",
    f"{GBIF}SpeciesProfile",
    f"{GBIF}VernacularName",
    "http://rs.tdwg.org/dwc/terms/MeasurementOrFact",
}


@pytest.fixture
def archive():
    with DwCAReader(str(building.current(building.ARCHIVE))) as reader:
        yield reader


def core(archive, *names):
    return [tuple(row.data[qualname(name)] for name in names) for row in archive]


def test_a_reader_knows_what_the_archive_holds(archive):
    assert archive.core_contains_term(qualname("scientificName"))
    assert archive.descriptor.core.type == "http://rs.tdwg.org/dwc/terms/Taxon"
    assert {one.type for one in archive.descriptor.extensions} == ROW_TYPES
    titles = [title.text for title in archive.metadata.iter("title")]
    assert titles == [
        "Hoàng Liên: checklist of medicinal plants of northern Viet Nam",
        "Hoàng Liên: danh lục cây thuốc miền Bắc Việt Nam",
    ]


def test_a_reader_finds_every_scientific_name(archive):
    found = set(core(archive, "scientificName", "taxonomicStatus", "acceptedNameUsageID"))
    accepted = {
        (f"{one.scientific_name} {one.authorship}".strip(), "accepted", one.slug)
        for one in Species.objects.all()
    }
    words = {"synonym": "synonym", "basionym": "homotypicSynonym", "misapplied": "misapplied"}
    others = {
        (f"{one.name} {one.authorship}".strip(), words[one.kind], one.species.slug)
        for one in Synonym.objects.select_related("species")
    }
    assert len(accepted) == 65
    assert found == accepted | others


def test_every_identifier_stands_for_one_name_and_points_at_one_that_is_there(archive):
    ids = [row.id for row in archive]
    assert len(ids) == len(set(ids))
    assert {accepted for (accepted,) in core(archive, "acceptedNameUsageID")} <= set(ids)


def test_a_reader_finds_every_name_among_people(archive):
    found = {
        (
            row.id,
            name.data[qualname("vernacularName")],
            name.data["http://purl.org/dc/terms/language"],
        )
        for row in archive
        for name in row.extensions
        if name.rowtype == f"{GBIF}VernacularName"
    }
    names = VernacularName.objects.values_list("species__slug", "name", "language")
    assert found == set(names)


def test_every_row_of_an_extension_belongs_to_an_accepted_name(archive):
    slugs = set(Species.objects.values_list("slug", flat=True))
    for extension in archive.extension_files:
        assert {key for (key,) in extension.iter_terms(["coreid"])} <= slugs


def test_no_commune_of_a_threatened_species_is_told(archive):
    secret = {
        (row.species.slug, f"VN-GSO:{row.commune_id}")
        for row in Distribution.objects.exclude(commune=None).filter(
            species__in=Species.objects.threatened()
        )
    }
    assert len(secret) == 18
    told = {
        (row.id, place.data[qualname("locationID")])
        for row in archive
        for place in row.extensions
        if qualname("locationID") in place.data
    }
    assert ("que", "VN-GSO:03640") in told
    assert not secret & told


def test_the_texts_say_their_sources_in_words(archive):
    (descriptions,) = (one for one in archive.extension_files if str(one) == "description.txt")
    passages = list(descriptions.iter_terms(["http://purl.org/dc/terms/description"]))
    assert len(passages) > 500
    assert not [text for (text,) in passages if "[^" in text]


def test_the_table_has_a_row_per_species():
    with building.current(building.TABLE).open(encoding="utf-8-sig", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert set(rows) == set(Species.objects.values_list("slug", flat=True))
    assert (rows["que"]["name_vi"], rows["que"]["name_en"]) == ("Quế", "Chinese cinnamon")
    assert rows["que"]["synonyms"] == (
        "Laurus cassia L. | Persea cassia (L.) Spreng. | Cinnamomum aromaticum Nees"
    )
    assert rows["ba-kich"]["places_withheld"] == "true"
    assert "Xã" not in rows["ba-kich"]["places"]
