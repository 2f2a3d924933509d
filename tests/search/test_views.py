"""The search pages."""

import pytest

from search import indexing

PAGE = "/vi/search/"


@pytest.fixture
def collection(add_species, add_lot):
    cassia = add_species("Cinnamomum cassia", "Quế", parts=["bark", "leaf"])
    add_species("Mentha arvensis", "Bạc hà", family="Lamiaceae", parts=["leaf"])
    add_lot(cassia, "QUE-1")
    indexing.rebuild()


def test_results_with_facets(client, collection):
    answer = client.get(PAGE, {"q": "que"})

    assert answer.status_code == 200
    assert [(hit.kind, hit.title) for hit in answer.context["results"]] == [
        ("species", "Quế"),
        ("lot", "Quế, vỏ thân"),
    ]
    assert answer.context["total"] == 2
    kinds = answer.context["facets"][0]
    assert kinds.name == "kind"
    assert {c.value: c.count for c in kinds.choices} == {"lots": 1, "species": 1}
    labels = {f.name: {c.value: c.label for c in f.choices} for f in answer.context["facets"]}
    assert labels["family"] == {"lauraceae": "Lauraceae · họ Lauraceae"}
    assert labels["part"] == {"bark": "vỏ thân", "leaf": "lá"}
    assert labels["province"] == {"15": "Lào Cai"}


def test_a_choice_keeps_the_words_and_can_be_taken_back(client, collection):
    answer = client.get(PAGE, {"q": "que", "kind": "lots", "family": "nothing"})

    assert answer.context["total"] == 0
    chosen = {c.value: c for f in answer.context["facets"] for c in f.choices if c.selected}
    assert chosen["lots"].url == "/vi/search/?q=que&family=nothing"
    assert (chosen["nothing"].count, chosen["nothing"].label) == (0, "nothing")
    assert answer.context["selected"] == [
        {"label": chosen[v].label, "remove_url": chosen[v].url} for v in ("lots", "nothing")
    ]


@pytest.mark.parametrize(
    "_case_query",
    [
        {"q": "a" * 201},
        {"q": "que", "sort": "prettiest"},
        {"q": "que", "under": "0"},
        {"q": "que", "under": "x"},
        {"q": "que", "after": "9" * 81},
        {"q": "que", "kind": "orders"},
        {"q": "que", "family": "a b"},
        {"q": "que", "province": "'"},
    ],
)
def test_what_a_machine_gets_wrong_is_refused(_case_query, client, collection):
    answer = client.get(PAGE, _case_query)

    assert answer.status_code == 400
    assert answer.context["form"].errors


@pytest.mark.parametrize("path", ["/vi/search/", "/en/search/", "/vi/search/suggest/"])
@pytest.mark.parametrize("query", ["q=a%00b", "q=que&family=%00", "q=que&unheard-of=%00"])
def test_a_zero_byte_is_refused_before_the_search(path, query, client, collection):
    answer = client.get(f"{path}?{query}")

    assert answer.status_code == 400
    assert b"<html" in answer.content
    assert b"Qu\xe1\xba\xbf" not in answer.content


def test_a_zero_byte_is_refused_to_a_machine_as_a_problem(client, collection):
    answer = client.get("/api/v1/search?q=a%00b")

    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["status"] == 400


def test_search_pages_stay_out_of_other_indexes(client, collection):
    assert b'<meta name="robots" content="noindex">' in client.get(PAGE).content
    assert b'<meta name="robots" content="noindex">' in client.get(PAGE, {"page": "x"}).content


def test_what_was_typed_is_escaped(client, collection):
    answer = client.get(PAGE, {"q": '"><script>que</script>'})

    assert answer.status_code == 200
    assert b"<script>que" not in answer.content


def test_nothing_found_says_what_to_do(client, collection):
    answer = client.get(PAGE, {"q": "qqqqq"})

    assert answer.status_code == 200
    assert answer.context["results"] == []
    assert b'href="/vi/species/"' in answer.content


def test_pages_follow_each_other(client, add_species):
    for number in range(21):
        add_species(f"Planta {number}", f"Cây {number}")
    indexing.rebuild()

    first = client.get(PAGE, {"q": "planta"})
    second = client.get(first.context["next_url"])

    assert first.context["next_url"].startswith("/vi/search/?q=planta&after=20_species%3A")
    assert first.context["first_url"] == ""
    assert len(first.context["results"]) == 20
    assert len(second.context["results"]) == 1
    assert second.context["next_url"] == ""
    assert second.context["first_url"] == "/vi/search/?q=planta"


def test_without_an_index_the_page_says_so_and_shows_other_ways(client, db):
    answer = client.get(PAGE, {"q": "que"})

    assert answer.status_code == 503
    assert b'href="/vi/species/"' in answer.content
    assert b'href="/vi/market/"' in answer.content
    assert b'<meta name="robots" content="noindex">' in answer.content


def test_suggestions_are_a_fragment(client, collection):
    answer = client.get("/vi/search/suggest/", {"q": "qu"})

    assert answer.status_code == 200
    assert [s.text for s in answer.context["suggestions"]] == ["Quế"]
    assert b"<html" not in answer.content
    assert b'href="/vi/species/que/"' in answer.content


def test_suggestions_refuse_what_is_too_long_and_rest_without_an_index(client, db):
    assert client.get("/vi/search/suggest/", {"q": "a" * 201}).status_code == 400
    assert client.get("/vi/search/suggest/", {"q": "que"}).status_code == 503


def test_a_search_only_reads(client, collection):
    assert client.post(PAGE, {"q": "que"}).status_code == 405


def test_a_page_that_no_search_ended_at_is_the_first(client, collection):
    answer = client.get(PAGE, {"q": "que", "after": "made-up"})

    assert (answer.status_code, answer.url) == (302, "/vi/search/?q=que")


def test_lots_have_questions_of_their_own_and_an_order(client, collection):
    answer = client.get(PAGE, {"q": "que", "kind": "lots", "sort": "cheapest", "under": "75000"})

    assert [hit.id for hit in answer.context["results"]] == ["QUE-1"]
    labels = {f.name: [c.label for c in f.choices] for f in answer.context["facets"]}
    assert labels["price"] == ["50.000 ₫ – 100.000 ₫"]
    assert labels["form"] == ["khô, thái"]
    assert labels["seller"] == ["hợp tác xã"]
    assert client.get(PAGE, {"kind": "lots", "under": "74999"}).context["total"] == 0


def test_a_score_is_explained_to_staff_alone(client, admin_client, collection):
    asked = {"q": "que", "explain": "1"}

    assert "explanation" in admin_client.get(PAGE, asked).content.decode()
    assert "explanation" not in client.get(PAGE, asked).content.decode()


def test_the_page_says_what_telex_was_read_as(client, collection):
    answer = client.get(PAGE, {"q": "bacj haf"})

    assert [hit.title for hit in answer.context["results"]] == ["Bạc hà"]
    assert "<mark>Bạc</mark> <mark>hà</mark>" in answer.context["results"][0].highlight
    assert "Đọc theo kiểu gõ Telex hoặc VNI" in answer.content.decode()
    assert answer.context["meant"] == ""


def test_names_are_suggested_for_telex(client, collection):
    answer = client.get(f"{PAGE}suggest/", {"q": "bacj"})

    assert [meant.text for meant in answer.context["suggestions"]] == ["Bạc hà"]
