"""The registers as files say what their pages say."""

import csv
import io
import json
from datetime import timedelta

from django.utils import timezone

import pytest

from tests.factories.catalogue import (
    CertificateFactory,
    EstablishmentFactory,
    GrowingAreaFactory,
    SpeciesFactory,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def rows(answer) -> list[dict[str, str]]:
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def paper():
    area = GrowingAreaFactory(code="VN-1", area_m2=12_345, households=7, under_canopy=True)
    return CertificateFactory(
        number="=1+1",
        establishment=EstablishmentFactory(name="HTX, Mẫu"),
        species=[SpeciesFactory(slug="que"), SpeciesFactory(slug="hoi")],
        areas=[area],
        expires_on=TODAY + timedelta(days=9),
        is_demonstration=True,
    )


def test_a_certificate_is_a_row(client, paper):
    answer = client.get("/vi/registers/certificates.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    name = f"certificates-{TODAY:%Y-%m-%d}.csv"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert rows(answer) == [
        {
            "number": "'=1+1",  # no spreadsheet counts with it
            "standard": "gacp_who",
            "authority": "Cơ quan cấp Mẫu",
            "holder": "HTX, Mẫu",
            "activity": "cultivation",
            "species": "hoi | que",
            "areas": "VN-1",
            "issued_on": paper.issued_on.isoformat(),
            "expires_on": paper.expires_on.isoformat(),
            "state": "due",
            "is_proof": "1",
            "is_demonstration": "1",
        }
    ]
    data = json.loads(client.get("/vi/registers/certificates.json").getvalue())
    assert data["about"]["license"]["url"].startswith("https://creativecommons.org/")
    assert [(one["number"], one["areas"], one["is_proof"]) for one in data["items"]] == [
        ("=1+1", ["VN-1"], True)
    ]


def test_an_area_is_a_row_and_a_point(client, paper):
    (row,) = rows(client.get("/vi/registers/areas.csv"))
    assert (row["code"], row["hectares"], row["households"], row["under_canopy"]) == (
        "VN-1",
        "1.2345",
        "7",
        "1",
    )
    assert (row["commune"], row["province_code"], row["state"]) == ("Phường Sa Pa", "15", "active")
    answer = client.get("/vi/registers/areas.geojson")
    assert answer.headers["Content-Type"] == "application/geo+json"
    (feature,) = json.loads(answer.getvalue())["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [103.837, 22.3497]}
    assert feature["properties"]["code"] == "VN-1"


def test_a_file_holds_what_the_page_is_narrowed_to(client, paper):
    for number in ("A-1", "A-2"):
        CertificateFactory(number=number, standard="organic", decision="suspended")
    page = client.get("/vi/registers/certificates/?standard=organic&sort=newest&after=A-1")
    links = dict(page.context["downloads"])
    assert links["CSV"] == "/vi/registers/certificates.csv?standard=organic"
    assert links["CSV"] in page.content.decode()
    assert [row["number"] for row in rows(client.get(links["CSV"]))] == ["A-1", "A-2"]


def test_a_file_without_rows_has_its_heading(client):
    assert client.get("/vi/registers/areas.csv").getvalue().decode("utf-8-sig").startswith("code,")
    assert json.loads(client.get("/vi/registers/areas.json").getvalue())["items"] == []


def test_what_is_under_review_is_in_no_file(client):
    CertificateFactory(decision="checked")
    GrowingAreaFactory(decision="draft")
    for name in ("certificates", "areas"):
        assert rows(client.get(f"/vi/registers/{name}.csv")) == []


@pytest.mark.parametrize(
    "address",
    ["certificates.csv?state=burnt", "areas.json?state=1", "areas/map.json?q=" + "x" * 201],
)
def test_a_query_that_cannot_be_read_is_400(client, address):
    answer = client.get(f"/vi/registers/{address}")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("application/problem+json")


def test_a_long_file_is_fetched_in_pieces(client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("catalogue.registers.downloads.CHUNK", 2)
    for number in range(5):
        GrowingAreaFactory(code=f"VN-{number}")
    with django_assert_num_queries(1 + 3 * 2):  # keys; three pieces with their species
        found = rows(client.get("/vi/registers/areas.csv"))
    assert [row["code"] for row in found] == [f"VN-{number}" for number in range(5)]
