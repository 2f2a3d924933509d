"""What is offered when nothing holds the words as they were typed."""

import pytest

PAGE = "/vi/search/"


@pytest.fixture
def collection(add_species, rebuild):
    add_species("Ligusticum striatum", "Xuyên khung", family="Apiaceae")
    add_species("Cinnamomum cassia", "Quế")
    rebuild()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ligustcum striatum", "Ligusticum striatum"),
        ("ligustcum", "Ligusticum striatum"),
        ("xuyen khunf", "Xuyên khung"),
        ("xuyên khung", ""),
        ("quế rừng xanh", ""),
    ],
)
def test_the_nearest_name_is_asked_for(client, collection, typed, meant):
    assert client.get(PAGE, {"q": typed}).context["meant"] == meant


def test_what_begins_alike_is_offered_when_nothing_is_found(client, collection):
    answer = client.get(PAGE, {"q": "ligustrina"})

    assert answer.context["results"] == []
    assert [hit.title for hit in answer.context["nearest"]] == ["Xuyên khung"]
    assert "Gần với từ bạn gõ nhất" in answer.content.decode()


@pytest.mark.parametrize("typed", ["qq", "!!", "zzzzz"])
def test_where_nothing_is_near_nothing_is_offered(client, collection, typed):
    assert client.get(PAGE, {"q": typed}).context["nearest"] == []
