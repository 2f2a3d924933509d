"""Facets: what they list, in which order, and where each choice leads."""

import pytest

from core.facets import (
    MOST_CHOICES,
    Shape,
    build_facet,
    count_together,
    may_be_shown,
    removals,
)

LABELS = {"bark": "vỏ thân", "root": "rễ", "leaf": "lá"}


def facet(request, counts, selected=()):
    return build_facet(
        request, name="part", label="Bộ phận", counts=counts, labels=LABELS, selected=selected
    )


def test_picked_values_come_first_then_the_frequent_then_by_name(rf):
    built = facet(rf.get("/"), {"bark": 1, "root": 5, "leaf": 5, "x": 2}, selected=["bark"])
    assert [(c.value, c.count, c.selected) for c in built.choices] == [
        ("bark", 1, True),
        ("leaf", 5, False),
        ("root", 5, False),
        ("x", 2, False),
    ]
    assert (built.name, built.label) == ("part", "Bộ phận")


def test_a_picked_value_stays_at_zero(rf):
    built = facet(rf.get("/?part=leaf"), {"bark": 2}, selected=["leaf"])
    assert [(c.value, c.label, c.count) for c in built.choices] == [
        ("leaf", "lá", 0),
        ("bark", "vỏ thân", 2),
    ]


def test_a_value_without_a_word_shows_itself(rf):
    assert facet(rf.get("/"), {"mystery": 1}).choices[0].label == "mystery"


@pytest.mark.parametrize(
    ("_case", "address", "selected", "value", "url"),
    [
        ("switch on", "/s/?q=x", [], "bark", "/s/?q=x&part=bark"),
        ("one more", "/s/?part=root", ["root"], "bark", "/s/?part=root&part=bark"),
        ("switch off", "/s/?part=root&q=x", ["root"], "root", "/s/?q=x"),
        ("one of two off", "/s/?part=root&part=bark", ["root", "bark"], "root", "/s/?part=bark"),
        ("back to the first page", "/s/?after=z&page=3", [], "bark", "/s/?part=bark"),
        ("picked twice", "/s/?part=root&part=root", ["root", "root"], "root", "/s/"),
    ],
)
def test_a_choice_leads_to_its_opposite(rf, _case, address, selected, value, url):
    built = facet(rf.get(address), {"bark": 1, "root": 1}, selected)
    assert {choice.value: choice.url for choice in built.choices}[value] == url


def test_removals_name_the_picked_values_alone(rf):
    built = facet(rf.get("/s/?part=leaf&part=bark"), {"bark": 2, "root": 1}, ["leaf", "bark"])
    assert removals([built]) == [
        {"label": "vỏ thân", "remove_url": "/s/?part=leaf"},
        {"label": "lá", "remove_url": "/s/?part=bark"},
    ]


def test_cells_keep_the_order_of_their_words_and_show_those_at_zero(rf):
    built = build_facet(
        rf.get("/"),
        name="part",
        label="Bộ phận",
        counts={"leaf": 5, "bark": 1},
        labels=LABELS,
        selected=[],
        shape=Shape.CELLS,
    )
    assert [(c.value, c.count) for c in built.choices] == [("bark", 1), ("root", 0), ("leaf", 5)]


def test_cells_with_nothing_to_count_are_not_shown(rf):
    built = build_facet(
        rf.get("/"),
        name="part",
        label="Bộ phận",
        counts={},
        labels=LABELS,
        selected=[],
        shape=Shape.CELLS,
    )
    assert built.choices == []


def test_a_long_list_leaves_out_the_rarest_and_says_how_many(rf):
    counts = {f"v{n:03}": n for n in range(1, MOST_CHOICES + 6)}
    built = facet(rf.get("/?part=v001"), counts, selected=["v001"])
    assert len(built.choices) == MOST_CHOICES
    assert built.choices[0].value == "v001"
    assert built.choices[-1].value == "v007"
    assert built.left_out == 5


def test_the_removal_of_a_cell_names_its_question(rf):
    built = build_facet(
        rf.get("/?part=leaf"),
        name="part",
        label="Bộ phận",
        counts={},
        labels=LABELS,
        selected=["leaf"],
        shape=Shape.CELLS,
    )
    assert removals([built]) == [{"label": "Bộ phận: lá", "remove_url": "/"}]


def test_nothing_is_counted_without_a_query():
    assert count_together([]) == {}


@pytest.mark.parametrize(
    ("counts", "picked", "expected"),
    [
        ({}, [], set()),
        ({}, ["z"], {"z"}),
        ({"a": 1, "b": 2}, ["z"], {"a", "b", "z"}),
        ({"a": 9, "b": 8, "c": 7}, [], {"a", "b"}),
        ({"a": 9, "b": 7, "c": 7, "d": 1}, ["d"], {"a", "b", "c", "d"}),
    ],
)
def test_labels_are_needed_of_what_may_be_shown(monkeypatch, counts, picked, expected):
    monkeypatch.setattr("core.facets.MOST_CHOICES", 2)
    assert may_be_shown(counts, picked) == expected
