"""Hits are shown from the database."""

from django.contrib.auth.models import AnonymousUser

import pytest

from catalogue.models import Species
from market.models import Lot
from search import indexing
from search.engines import get_engine
from search.engines.base import SearchQuery
from search.results import Suggestion, load, suggestions

NOBODY = AnonymousUser()


@pytest.fixture
def cassia(add_species, add_lot, add_certificate):
    species = add_species(
        "Cinnamomum cassia", "Quế", ("Chinese cinnamon", "eng"), body="Vỏ quế thơm."
    )
    add_lot(species, "QUE-1", certificates=[add_certificate(species)])
    return species


@pytest.fixture
def shown(rebuild):
    rebuild()

    def show(text: str):
        hits = get_engine().search(SearchQuery(text=text, language="vi")).hits
        return load(hits, text=text, person=NOBODY)

    return show


def test_a_hit_is_shown_from_its_record(cassia, shown):
    species, lot = shown("quế")

    assert (species.kind, species.label, species.id) == ("species", "species", "que")
    assert (species.title, species.url) == ("Quế", "/vi/species/que/")
    assert species.record == cassia
    assert species.highlight == "Vỏ <mark>quế</mark> thơm."
    assert (species.record.certified, species.record.on_sale_count) == (True, 1)
    assert (lot.kind, lot.label, lot.id) == ("lot", "lots", "QUE-1")
    assert (lot.title, lot.url) == ("Quế, vỏ thân", "/vi/market/lots/QUE-1/")


def test_price_and_kilograms_are_those_of_the_moment(cassia, shown):
    Lot.objects.update(price_minor_per_kg=1, available_grams=2)

    lot = shown("QUE-1")[0]

    assert (lot.record.price_minor_per_kg, lot.record.available_grams) == (1, 2)


def test_a_hit_whose_record_is_hidden_since_is_dropped(cassia, shown):
    Species.objects.update(live=False)

    assert shown("quế") == []


def test_a_page_has_its_address_in_the_tree(add_story, shown):
    add_story("Giới thiệu", introduction="Về bảo tàng dược liệu.")
    indexing.rebuild()

    (page,) = shown("dược liệu")

    assert page.kind == "page"
    assert page.url == "/vi/gioi-thieu/"
    assert page.highlight == "Về bảo tàng <mark>dược</mark> <mark>liệu</mark>."


def test_loading_asks_a_fixed_number_of_queries(
    cassia, add_lot, shown, django_assert_num_queries, django_assert_max_num_queries
):
    hits = get_engine().search(SearchQuery(text="", language="vi")).hits
    with django_assert_max_num_queries(15) as one:
        load(hits, text="quế", person=NOBODY)
    for number in range(2, 6):
        add_lot(cassia, f"QUE-{number}")
    indexing.rebuild()
    hits = get_engine().search(SearchQuery(text="", language="vi")).hits
    assert len(hits) == 7

    with django_assert_num_queries(len(one)):
        load(hits, text="quế", person=NOBODY)


def suggested(text: str) -> list[Suggestion]:
    return suggestions(text, language="vi", person=NOBODY)


def test_a_beginning_suggests_names_and_not_lots(cassia, shown):
    assert suggested("qu") == [Suggestion("Quế", "species", "/vi/species/que/")]
    assert suggested("") == []
    assert suggested("xyz") == []


def test_another_name_is_suggested_beside_the_title(cassia, shown):
    assert [s.text for s in suggested("chinese cin")] == ["Quế (Chinese cinnamon)"]
    assert [s.text for s in suggested("cinnamomum")] == ["Quế (Cinnamomum cassia)"]


def test_a_code_suggests_its_lot(cassia, shown):
    assert suggested("que-1") == [
        Suggestion("Quế, vỏ thân (QUE-1)", "lots", "/vi/market/lots/QUE-1/")
    ]


def test_what_is_typed_with_accents_is_suggested_first(add_species, shown, rebuild):
    add_species("Aaa aaa", "Bách bộ")
    add_species("Bbb bbb", "Bạch chỉ")
    rebuild()

    assert [s.text for s in suggested("bạch")] == ["Bạch chỉ", "Bách bộ"]
    assert [s.text for s in suggested("bách")] == ["Bách bộ", "Bạch chỉ"]
