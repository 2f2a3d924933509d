"""The museum's open data."""

import pytest

from tests.factories.catalogue import (
    CertificateFactory,
    GrowingAreaFactory,
    KnowledgeFactory,
    SpeciesFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def que():
    species = SpeciesFactory(
        slug="que", vie="Quế", eng="Cassia", scientific_name="Cinnamomum cassia"
    )
    area = GrowingAreaFactory(code="VN-1", species=[species])
    CertificateFactory(number="C-1", species=[species], areas=[area])
    return species


def test_a_row_of_the_list(client, que):
    assert client.get("/api/v1/species?lang=en").json() == {
        "count": 1,
        "items": [
            {
                "id": "que",
                "title": "Cassia",
                "scientific_name": "Cinnamomum cassia",
                "authorship": "L.",
                "family": "Lauraceae",
                "parts": [{"code": "bark", "label": "bark"}],
                "url": "http://testserver/en/species/que/",
                "is_demonstration": False,
            }
        ],
    }


def test_a_record_says_all_that_its_page_says(client, que):
    KnowledgeFactory(code="k", species=que)
    body = client.get("/api/v1/species/que").json()
    assert [(name["name"], name["language"], name["source"]) for name in body["names"]] == [
        ("Quế", "vie", "do-tat-loi"),
        ("Cassia", "eng", "do-tat-loi"),
    ]
    assert {text["language"] for text in body["texts"]} == {"vi", "en"}
    assert [c["number"] for c in body["certificates"]] == ["C-1"]
    assert body["certificates"][0]["areas"] == ["VN-1"]
    assert body["knowledge"][0]["community"] == "Cộng đồng mẫu"
    assert body["family"]["code"] == "lauraceae"


@pytest.mark.parametrize(
    ("query", "count", "slugs"),
    [
        ("limit=2", 3, ["a", "b"]),
        ("limit=2&offset=2", 3, ["c"]),
        ("offset=100000", 3, []),
        ("q=ten b", 1, ["b"]),
        ("family=lauraceae&family=none", 3, ["a", "b", "c"]),
        ("family=none", 0, []),
        ("genus=Exemplum&limit=1", 3, ["a"]),
        ("toxic=true", 0, []),
        ("toxic=false", 3, ["a", "b", "c"]),
        ("on_sale=true", 0, []),
        ("flowering=5&conservation=threatened", 0, []),
    ],
)
def test_a_list_is_paged_and_filtered(client, query, count, slugs):
    for slug in "abc":
        SpeciesFactory(slug=slug, vie=f"Tên {slug}")
    body = client.get(f"/api/v1/species?{query}").json()
    assert (body["count"], [item["id"] for item in body["items"]]) == (count, slugs)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=many", "limit"),
        ("offset=-1", "offset"),
        ("offset=100001", "offset"),
        ("q=" + "x" * 201, "q"),
        ("family=a b", "0"),
        ("flowering=13", "0"),
        ("toxic=maybe", "toxic"),
    ],
)
def test_a_request_that_is_not_valid_is_a_problem(client, query, field):
    answer = client.get(f"/api/v1/species?{query}")
    body = answer.json()
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (body["type"], body["status"]) == ("about:blank", 400)
    assert [fault["field"] for fault in body["errors"]] == [field]


def test_the_registers_show_drafts_to_nobody(client):
    CertificateFactory(number="SHOWN", decision="suspended")
    CertificateFactory(number="DRAFT", decision="draft")
    body = client.get("/api/v1/certificates").json()
    assert [(item["number"], item["state"]) for item in body["items"]] == [("SHOWN", "suspended")]
    assert body["count"] == 1


def test_an_area_stands_with_its_place(client, que):
    area = client.get("/api/v1/areas").json()["items"][0]
    assert (area["code"], area["commune"], area["province_code"], area["species"]) == (
        "VN-1",
        "Phường Sa Pa",
        "15",
        ["que"],
    )


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_is_for_reading(client, que, method):
    answer = getattr(client, method)("/api/v1/species/que")
    assert answer.status_code == 405
    que.refresh_from_db()
    assert que.live


@pytest.mark.parametrize(
    "address",
    [
        "species/%00",
        "species?q=%00",
        "species?family=%00",
        "lots?q=%00",
        "lots/%00",
        "search?q=%00",
    ],
)
def test_a_nul_sign_is_never_an_error_of_ours(client, address):
    """PostgreSQL refuses this sign in a text; nobody has a record of that name."""
    assert client.get(f"/api/v1/{address}").status_code in (200, 400, 404)
