"""The registers are found by what is printed, and narrowed by facets that count what is there."""

from datetime import timedelta

from django.utils import timezone

import pytest

from catalogue.models import Certificate, GrowingArea
from tests.factories.catalogue import (
    CertificateFactory,
    CommuneFactory,
    EstablishmentFactory,
    GrowingAreaFactory,
    ProvinceFactory,
    SpeciesFactory,
)
from tests.factories.decisions import decided

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
CERTIFICATES, AREAS = "/vi/registers/certificates/", "/vi/registers/areas/"


def certificate(number, expires_in=400, **facts):
    return CertificateFactory(number=number, expires_on=TODAY + timedelta(days=expires_in), **facts)


def numbers(client, query=""):
    page = client.get(f"{CERTIFICATES}?{query}")
    assert page.status_code == 200
    return [one.number for one in page.context["certificates"]]


def counts(client, address, name):
    facets = {facet.name: facet for facet in client.get(address).context["facets"]}
    return {choice.value: choice.count for choice in facets[name].choices if choice.count}


@pytest.fixture
def papers():
    """Certificates of every state, two kinds and two provinces."""
    far = CommuneFactory(
        code="06253", province=ProvinceFactory(code="20", name="Lạng Sơn"), full_name="Xã Văn Quan"
    )
    cassia = SpeciesFactory(slug="que", vie="Quế", scientific_name="Cinnamomum cassia")
    anise = SpeciesFactory(slug="hoi", vie="Hồi", scientific_name="Illicium verum")
    certificate("12/GCN-YDCT", species=[cassia], areas=[GrowingAreaFactory()])
    certificate("ORG-1", standard="organic", species=[anise], expires_in=20)
    certificate("ORG-2", standard="organic", species=[anise], expires_in=-1)
    certificate("FSC-1", standard="fsc", species=[anise, cassia], decision="suspended")
    holder = EstablishmentFactory(name="Hợp tác xã Đồng Lòng", commune=far)
    certificate("ISO-1", standard="iso_22000", establishment=holder, decision="withdrawn")
    certificate("DRAFT", decision="submitted")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12/GCN-YDCT", ["12/GCN-YDCT"]),
        ("12 gcn ydct", ["12/GCN-YDCT"]),
        ("org", ["ORG-1", "ORG-2"]),
        ("dong long", ["ISO-1"]),
        ("Đồng Lòng", ["ISO-1"]),
        ("que", ["12/GCN-YDCT", "FSC-1"]),
        ("illicium", ["FSC-1", "ORG-1", "ORG-2"]),
        ("draft", []),
        ("%", []),
        ("///", []),
    ],
)
def test_a_certificate_is_found_by_number_holder_and_species(client, papers, text, found):
    assert numbers(client, f"q={text}") == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["12/GCN-YDCT", "FSC-1", "ISO-1", "ORG-1", "ORG-2"]),
        ("standard=&state=&q=", ["12/GCN-YDCT", "FSC-1", "ISO-1", "ORG-1", "ORG-2"]),
        ("standard=organic&standard=fsc", ["FSC-1", "ORG-1", "ORG-2"]),
        ("state=valid", ["12/GCN-YDCT"]),
        ("state=due&state=expired", ["ORG-1", "ORG-2"]),
        ("expiring=30", ["ORG-1"]),
        ("expiring=30&expiring=180", ["ORG-1"]),
        ("species=hoi&state=suspended", ["FSC-1"]),
        ("province=20", ["ISO-1"]),
        ("province=15", ["12/GCN-YDCT", "FSC-1", "ORG-1", "ORG-2"]),
        ("sort=expiring", ["ORG-2", "ORG-1", "12/GCN-YDCT", "FSC-1", "ISO-1"]),
        ("species=unicorn", []),
    ],
)
def test_facets_narrow_the_register(client, papers, query, found):
    assert numbers(client, query) == found


def test_facets_count_what_the_other_choices_leave(client, papers):
    assert counts(client, CERTIFICATES, "state") == {
        "valid": 1,
        "due": 1,
        "expired": 1,
        "suspended": 1,
        "withdrawn": 1,
    }
    assert counts(client, f"{CERTIFICATES}?standard=organic", "state") == {"due": 1, "expired": 1}
    assert counts(client, f"{CERTIFICATES}?standard=organic", "standard") == {
        "organic": 2,
        "gacp_who": 1,
        "fsc": 1,
        "iso_22000": 1,
    }
    assert counts(client, CERTIFICATES, "expiring") == {"30": 1, "90": 1, "180": 1}
    assert counts(client, CERTIFICATES, "species") == {"que": 2, "hoi": 3}
    assert counts(client, CERTIFICATES, "province") == {"15": 4, "20": 1}


def test_the_page_of_a_number_with_slashes_opens(client, papers):
    listed = client.get(CERTIFICATES).content.decode()
    address = Certificate.objects.get(number="12/GCN-YDCT").get_absolute_url()
    assert address == "/vi/registers/certificates/12/GCN-YDCT/"
    assert address in listed
    assert client.get(address).context["certificate"].number == "12/GCN-YDCT"


@pytest.mark.parametrize("query", ["", "q=que&state=valid&species=que&province=15&expiring=180"])
def test_a_long_register_costs_twelve_queries(client, django_assert_max_num_queries, papers, query):
    species = SpeciesFactory(slug="khac")
    for number in range(60):
        certificate(f"N-{number:03}", species=[species], areas=[GrowingAreaFactory()])
    with django_assert_max_num_queries(12):
        page = client.get(f"{CERTIFICATES}?{query}")
    assert page.status_code == 200


@pytest.fixture
def grown():
    far = CommuneFactory(
        code="06253",
        name="Văn Quan",
        full_name="Xã Văn Quan",
        province=ProvinceFactory(code="20", name="Lạng Sơn"),
    )
    cassia = SpeciesFactory(slug="que", vie="Quế")
    GrowingAreaFactory(code="VN-1", species=[cassia])
    GrowingAreaFactory(code="VN-2", species=[cassia], decision="suspended")
    GrowingAreaFactory(code="VN-3", commune=far, decision="withdrawn")
    GrowingAreaFactory(code="VN-4", decision="checked")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["VN-1", "VN-2", "VN-3"]),
        ("state=accepted", ["VN-1"]),
        ("state=suspended&state=withdrawn", ["VN-2", "VN-3"]),
        ("species=que", ["VN-1", "VN-2"]),
        ("province=20", ["VN-3"]),
        ("q=van quan", ["VN-3"]),
    ],
)
def test_the_register_of_areas_is_narrowed_alike(client, grown, query, found):
    page = client.get(f"{AREAS}?{query}")
    assert [area.code for area in page.context["areas"]] == found
    mapped = client.get(f"/vi/registers/areas/map.json?{query}").json()["areas"]
    assert [row[0] for row in mapped] == found


def test_facets_of_areas_count(client, grown):
    assert counts(client, AREAS, "state") == {"accepted": 1, "suspended": 1, "withdrawn": 1}
    assert counts(client, AREAS, "species") == {"que": 2}
    assert counts(client, AREAS, "province") == {"15": 2, "20": 1}


@pytest.mark.parametrize("as_staff", [False, True])
@pytest.mark.parametrize(
    ("address", "records", "corrected"),
    [(CERTIFICATES, "papers", "ORG-1"), (AREAS, "grown", "VN-1")],
)
def test_every_choice_of_a_facet_leads_to_as_many_as_it_says(
    client, request, market_staff, address, records, corrected, as_staff
):
    """A record that is corrected, and to staff what is under review, is a choice as well."""
    request.getfixturevalue(records)
    model, key = (Certificate, "number") if records == "papers" else (GrowingArea, "code")
    record = model.objects.get(**{key: corrected})
    record.decisions.create(decision="accepted")
    decided(record, "returned")
    if as_staff:
        client.force_login(market_staff)
    facets = client.get(address).context["facets"]
    choices = [choice for facet in facets for choice in facet.choices if choice.count]
    assert {"returned", "draft"} & {choice.value for choice in choices}
    for choice in choices:
        page = client.get(choice.url)
        assert (page.status_code, page.context["total"]) == (200, choice.count), choice
