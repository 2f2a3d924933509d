"""Shares as terms: exact for any share, and the names that compounds go by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import shares
from tests.factories.catalogue import CompoundFactory

PPM = st.integers(min_value=1, max_value=1_000_000)


@given(PPM, PPM)
def test_a_lot_has_one_of_the_terms_if_it_holds_at_least_so_much_and_only_then(held, asked):
    terms = set(shares.terms({"oil": held}))

    assert bool(terms & set(shares.at_least("oil", asked))) is (held >= asked)
    assert not terms & set(shares.at_least("other", asked))


@pytest.mark.parametrize("asked", [1, 29_999, 30_000, 123_456, 999_999, 1_000_000])
def test_a_question_is_a_handful_of_terms(asked):
    assert len(shares.at_least("oil", asked)) <= 64


def test_a_text_without_a_share_asks_no_database():
    assert shares.compounds_in("quế hữu cơ dưới 90k") == {}


def test_compounds_go_by_their_names_in_every_language(db):
    assert shares.compounds_in("3%") == {}
    ampelopsin = CompoundFactory(code="ampelopsin")
    ampelopsin.labels.update(text="Ampelopsin (dihydromyricetin)")
    assert shares.compounds_in("3%") == {"ampelopsin": "ampelopsin"}

    CompoundFactory(code="essential-oil")

    assert shares.compounds_in("3%") == {
        "ampelopsin": "ampelopsin",
        **dict.fromkeys(["tinh dau", "essential oil", "volatile oil", "oil"], "essential-oil"),
    }
