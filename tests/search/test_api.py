"""Search and suggestions for machines."""

from django.utils import timezone

import pytest

from search import indexing
from search.facets import OF_LOTS, kind_words

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
    own = {name: answer["facets"].pop(name) for name in OF_LOTS}
    assert answer == {
        "count": 1,
        "next": "",
        "items": [
            {
                "kind": "lots",
                "id": "QUE-1",
                "title": "Quế, vỏ thân",
                "url": "http://testserver/vi/market/lots/QUE-1/",
                "highlight": "Xã Đồng Văn, Tuyên Quang",
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
            "certificate": [],
        },
    }
    assert [own.pop(name) for name in ("kg", "grade", "assay", "ocop")] == [[]] * 4
    assert {name: [value["value"] for value in values] for name, values in own.items()} == {
        "form": ["dried_cut"],
        "seller": ["cooperative"],
        "price": ["50000-100000"],
        "harvested": [f"{timezone.localdate():%Y-%m}"],
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


def test_next_goes_on_after_a_page(client, collection):
    ids, after = [], ""
    for _page in range(5):
        answer = client.get(SEARCH, {"limit": 1, "after": after}).json()
        ids, after = [*ids, answer["items"][0]["id"]], answer["next"]

    assert after == ""
    assert len(set(ids)) == 5


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
        {"sort": "prettiest"},
        {"under": 0},
        {"after": "made-up"},
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
