"""Search and suggestions for machines."""

import pytest

from search import indexing
from search.facets import kind_words

SEARCH = "/api/v1/search"


@pytest.fixture
def collection(add_species, add_lot, home):
    cassia = add_species("Cinnamomum cassia", "Quế", ("Cassia", "eng"), parts=["bark"])
    add_species("Mentha arvensis", "Bạc hà", family="Lamiaceae", parts=["leaf"])
    add_lot(cassia, "QUE-1", commune="00003")
    indexing.rebuild()


def test_an_answer_has_count_items_and_facets(client, collection):
    words = kind_words()
    answer = client.get(SEARCH, {"q": "que", "kind": "lots"}).json()

    score = answer["items"][0].pop("score")
    assert score > 0
    assert answer == {
        "count": 1,
        "items": [
            {
                "kind": "lots",
                "id": "QUE-1",
                "title": "Quế, vỏ thân",
                "url": "http://testserver/vi/market/lots/QUE-1/",
                "highlight": "<mark>QUE</mark>-1 · Hợp tác xã mẫu · Xã Đồng Văn, Tuyên Quang",
            }
        ],
        "facets": {
            "kind": [
                {"value": "lots", "label": words["lots"], "count": 1, "selected": True},
                {
                    "value": "species",
                    "label": words["species"],
                    "count": 1,
                    "selected": False,
                },
            ],
            "family": [
                {
                    "value": "lauraceae",
                    "label": "Lauraceae · họ Lauraceae",
                    "count": 1,
                    "selected": False,
                }
            ],
            "part": [{"value": "bark", "label": "vỏ thân", "count": 1, "selected": False}],
            "group": [],
            "province": [{"value": "08", "label": "Tuyên Quang", "count": 1, "selected": False}],
        },
    }


def test_words_are_in_the_language_asked_for(client, collection):
    answer = client.get(SEARCH, {"q": "que", "kind": "species"}, headers={"accept-language": "en"})

    item = answer.json()["items"][0]
    assert (item["title"], item["url"]) == ("Cassia", "http://testserver/en/species/que/")


def test_several_values_widen(client, collection):
    answer = client.get(f"{SEARCH}?kind=species&part=leaf&part=bark&limit=1").json()

    assert answer["count"] == 2
    assert len(answer["items"]) == 1


def test_offset_skips(client, collection):
    first = client.get(SEARCH, {"limit": 2}).json()["items"]
    rest = client.get(SEARCH, {"limit": 2, "offset": 2}).json()["items"]

    assert len(first) == 2
    assert len({(i["kind"], i["id"]) for i in [*first, *rest]}) == 4


@pytest.mark.parametrize(
    "_case_query",
    [
        {"q": "a" * 201},
        {"limit": 0},
        {"limit": 101},
        {"offset": -1},
        {"offset": 10_001},
        {"kind": "orders"},
        {"family": "a b"},
    ],
)
def test_what_is_out_of_bounds_is_refused(_case_query, client, collection):
    assert client.get(SEARCH, _case_query).status_code == 400


def test_suggestions(client, collection):
    assert client.get("/api/v1/suggest", {"q": "bac"}).json() == [
        {"text": "Bạc hà", "kind": "species", "url": "http://testserver/vi/species/bac-ha/"}
    ]
    assert client.get("/api/v1/suggest").json() == []


def test_without_an_index_the_answer_is_a_problem(client, db):
    answer = client.get(SEARCH, {"q": "que"})

    assert answer.status_code == 503
    assert answer["content-type"] == "application/problem+json"
    assert client.get("/api/v1/suggest", {"q": "que"}).status_code == 503
