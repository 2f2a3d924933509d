"""JSON-LD of a record."""

import json
import re

from django.template import Context, Template
from django.utils.translation import override

import pytest

from catalogue import jsonld, records
from catalogue.models import (
    ConservationStatus,
    Distribution,
    Figure,
    HigherTaxon,
    Species,
    Synonym,
    VernacularName,
)
from media.models import MuseumImage
from tests.factories.catalogue import (
    CommuneFactory,
    FamilyFactory,
    ReferenceFactory,
    SpeciesFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def que():
    kingdom = HigherTaxon.objects.create(code="plantae", name="Plantae", rank="kingdom")
    order = HigherTaxon.objects.create(
        code="laurales", name="Laurales", rank="order", parent=kingdom
    )
    species = SpeciesFactory(
        slug="que",
        scientific_name="Cinnamomum cassia",
        authorship="(L.) J.Presl",
        family=FamilyFactory(order=order),
        vie="Quế",
        eng="Cassia",
    )
    Synonym.objects.create(species=species, name="Laurus cassia", authorship="L.")
    return species


def read(species):
    return records.read(Species.objects.visible_to(None), species.slug)


def test_a_record_is_a_taxon(que):
    record = read(que)
    with override("en"):
        said = jsonld.taxon(record)
    assert said.pop("dateModified") == record.changed_at.isoformat()
    assert said == {
        "@context": ["https://schema.org/", {"dct": "http://purl.org/dc/terms/"}],
        "@type": "Taxon",
        "@id": "http://testserver/en/species/que/",
        "dct:conformsTo": {
            "@id": "https://bioschemas.org/profiles/Taxon/1.0-RELEASE",
            "@type": "CreativeWork",
        },
        "identifier": "que",
        "url": "http://testserver/en/species/que/",
        "name": "Cinnamomum cassia",
        "scientificName": {
            "@type": "TaxonName",
            "name": "Cinnamomum cassia",
            "author": "(L.) J.Presl",
        },
        "alternateScientificName": [
            {"@type": "TaxonName", "name": "Laurus cassia", "author": "L."}
        ],
        "alternateName": [
            {"@value": "Quế", "@language": "vi"},
            {"@value": "Cassia", "@language": "en"},
        ],
        "taxonRank": "species",
        "parentTaxon": {
            "@type": "Taxon",
            "name": "Cinnamomum",
            "taxonRank": "genus",
            "parentTaxon": {
                "@type": "Taxon",
                "name": "Lauraceae",
                "taxonRank": "family",
                "parentTaxon": {
                    "@type": "Taxon",
                    "name": "Laurales",
                    "taxonRank": "order",
                    "parentTaxon": {
                        "@type": "Taxon",
                        "name": "Plantae",
                        "taxonRank": "kingdom",
                    },
                },
            },
        },
        "image": ["http://testserver/plates/que.svg"],
        "subjectOf": {
            "@type": "Dataset",
            "@id": "http://testserver/exports/checklist.zip",
            "name": "Hoàng Liên",
            "license": "https://creativecommons.org/licenses/by/4.0/legalcode",
        },
    }


def test_nothing_is_asked_of_the_database(que, django_assert_num_queries):
    record = read(que)
    with django_assert_num_queries(0):
        jsonld.taxon(record)


def test_a_picture_comes_before_the_plate(que):
    image = MuseumImage.objects.create(
        title="Ảnh", file="original_images/que.jpg", width=1, height=1, credit="Ai"
    )
    Figure.objects.create(species=que, image=image)
    (address,) = jsonld.taxon(read(que))["image"]
    assert address.startswith("http://testserver/")
    assert address.endswith("que.jpg")


def test_no_place_is_told(que):
    commune = CommuneFactory(code="99999", name="Kín Đáo", full_name="Xã Kín Đáo")
    source = ReferenceFactory()
    Distribution.objects.create(
        species=que, province=commune.province, commune=commune, source=source
    )
    VernacularName.objects.create(
        species=que, name="Tên bản", language="mww", commune=commune, source=source
    )
    ConservationStatus.objects.create(
        species=que, authority="red_book", edition="2007", category="EN", scope="national",
        source=source,
    )  # fmt: skip
    said = json.dumps(jsonld.taxon(read(que)), ensure_ascii=False)
    assert "Tên bản" in said
    assert "99999" not in said
    assert "Kín Đáo" not in said


def test_no_name_ends_the_element_it_stands_in(que):
    VernacularName.objects.filter(species=que, language="vie").update(
        name="</script><script>alert('&')</script>"
    )
    page = Template("{% load catalogue_exports %}{% taxon_jsonld species %}").render(
        Context({"species": read(que)})
    )
    (body,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert page.count("<") == 2
    assert json.loads(body)["alternateName"][0]["@value"] == "</script><script>alert('&')</script>"
