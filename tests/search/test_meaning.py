"""What is understood of a text, and that no name is taken for anything else."""

import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue import models
from search.meaning import MOST_PHRASES, read
from search.words import MAX_QUERY_WORDS, exact_key, folded_key, query_words

SPECIES = Path(models.__file__).parent.parent / "data" / "species"
SIGNS = st.text(
    alphabet="\"“”„«»'()[]{}<>=≤≥%.,/:^~*?\\|&!- 0123456789kđ₫a😀\x00\n\u0301\ud800", max_size=400
)
PIECES = st.lists(
    st.sampled_from(["dưới", "under", "<", "90k", "90.000", "1,5 triệu", "đ/kg", ">", "3%", "oil",
                     "tinh dầu", '"', "“", "quế", " ", "k", "."])
).map("".join)  # fmt: skip


def understood(text):
    """Return the words of a text as one, and the price."""
    meaning = read(text)
    return exact_key(meaning.words), meaning.at_most


def slots(text):
    return [(exact_key(slot.words), len(slot.also) > 0) for slot in read(text).slots]


@pytest.mark.parametrize(
    ("_case_text", "at_most"),
    [
        ("quế under 90k", 90_000),
        ("quế dưới 90k", 90_000),
        ("quế duoi 90 nghin", 90_000),
        ("quế dưới 90 ngàn đồng/kg", 90_000),
        ("quế < 90.000đ", 90_000),
        ("quế <90,000 VND/kg", 90_000),
        ("quế ≤ 90000", 90_000),
        ("quế không quá 1,5 triệu", 1_500_000),
        ("quế tối đa 2tr", 2_000_000),
        ("giá dưới 90k quế", 90_000),
        ("quế price below 90k per kg", 90_000),
        ("under 90k quế", 90_000),
        ("quế dưới 90k, under 80k", 80_000),
        (unicodedata.normalize("NFD", "quế dưới 90 nghìn"), 90_000),
    ],
)
def test_a_price_not_to_be_exceeded_is_understood(_case_text, at_most):
    assert understood(_case_text) == ("quế", at_most)


@pytest.mark.parametrize(
    "_case_text",
    [
        "dưới tán rừng", "mọc dưới 1500 m", "below 2000 metres", "dưới 90 kg", "under 90", "k 90",
        "dưới 3 năm", "trên 90k", "sâm K5", "Cây dưới 3 m", "max", "<", "90k", "DEMO-QUE-01",
    ],
)  # fmt: skip
def test_other_numbers_are_no_price(_case_text):
    assert understood(_case_text) == (exact_key(query_words(_case_text)), None)


@pytest.mark.parametrize(
    ("_case_text", "left"),
    [
        ("organic cinnamon >3% oil Yên Bái", "organic cinnamon yên bái"),
        ("quế tinh dầu > 3%", "quế"),
        ("quế trên 3,5% tinh dầu", "quế"),
        ("at least 3 % essential oil cinnamon", "cinnamon"),
        ("nghệ 3% curcumin", "nghệ curcumin"),
        ("tinh dầu quế", "tinh dầu quế"),
        ("ô đầu > 1%", "ô đầu"),
        ("3%", "3"),
    ],
)
def test_what_no_lot_says_of_its_oil_is_left_out(_case_text, left):
    assert understood(_case_text) == (left, None)


def test_a_price_alone_leaves_no_words():
    assert understood("dưới 20k") == ("", 20_000)


def test_no_name_of_the_collection_loses_a_word():
    for file in SPECIES.glob("*.yaml"):
        record = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        names = [row["name"] for row in [*record["names"], *record["synonyms"], record["accepted"]]]
        for name in names:
            assert understood(name) == (exact_key(query_words(name)), None)
            assert understood(f"{name} dưới 90k") == (exact_key(query_words(name)), 90_000)
            assert understood(f"{name} > 3%") == (exact_key(query_words(name)), None)


def test_what_stood_in_quotes_is_a_phrase():
    phrases = read('vỏ "quế chi" và “star anise” 5" «»').phrases

    assert [exact_key(phrase) for phrase in phrases] == ["quế chi", "star anise"]
    assert len(read('"a" ' * 50).phrases) == MOST_PHRASES


def test_the_longest_words_that_mean_something_stay_together():
    assert slots("vỏ thân quế") == [("vỏ thân", True), ("quế", False)]
    assert slots("vỏ quế yên bái") == [("vỏ", True), ("quế", False), ("yên bái", True)]
    assert slots("nghệ an") == [("nghệ an", False)]


@settings(deadline=None)
@given(st.text() | SIGNS | PIECES)
def test_any_text_is_welcome(text):
    for typed in (text, unicodedata.normalize("NFD", text)):
        meaning = read(typed)
        assert len(meaning.words) <= MAX_QUERY_WORDS
        assert sum(len(slot.words) for slot in meaning.slots) == len(meaning.words)
        assert meaning.at_most is None or meaning.at_most > 0


@pytest.mark.parametrize(
    "_case_text", ["quế ", '"', "< ", "9", "9.", "<9", "dưới ", "oil ", "😀", "a\u0301", "99,999 "]
)
def test_ten_thousand_signs_are_read_at_once(_case_text):
    read(_case_text * (10_000 // len(_case_text)))


COMPOUNDS = {
    "tinh dau": "essential-oil",
    "essential oil": "essential-oil",
    "oil": "essential-oil",
    "cinnamaldehyd": "cinnamaldehyde",
    "cinnamaldehyde": "cinnamaldehyde",
    "6-gingerol": "6-gingerol",
    "acid salvianolic b": "salvianolic-acid-b",
}


@pytest.mark.parametrize(
    ("text", "rest", "asked"),
    [
        (
            "organic cinnamon >3% oil Yên Bái under 90k",
            "organic cinnamon yen bai",
            [("essential-oil", 30_000)],
        ),
        ("oil > 3 %", "", [("essential-oil", 30_000)]),
        ("quế tinh dầu trên 3%", "que", [("essential-oil", 30_000)]),
        ("quế hàm lượng tinh dầu không dưới 2,5%", "que", [("essential-oil", 25_000)]),
        ("≥2,5% cinnamaldehyde", "", [("cinnamaldehyde", 25_000)]),
        ("≥2.5 % Cinnamaldehyd", "", [("cinnamaldehyde", 25_000)]),
        ("gừng từ 0,8% 6-gingerol", "gung", [("6-gingerol", 8_000)]),
        ("đan sâm ACID SALVIANOLIC B ≥ 5%", "dan sam", [("salvianolic-acid-b", 50_000)]),
        ("oil content at least 3% cinnamon", "cinnamon", [("essential-oil", 30_000)]),
        ("quế trên 3% dầu", "que", [("essential-oil", 30_000)]),
        ("tinh dầu 3% trở lên", "", [("essential-oil", 30_000)]),
        ("cinnamon oil 3%+", "cinnamon", [("essential-oil", 30_000)]),
        (
            "quế tinh dầu >3% cinnamaldehyde >2%",
            "que",
            [("essential-oil", 30_000), ("cinnamaldehyde", 20_000)],
        ),
        (
            ">3% oil >2% cinnamaldehyde",
            "",
            [("essential-oil", 30_000), ("cinnamaldehyde", 20_000)],
        ),
        ("quế >3%", "que", []),
        ("quế 3% oil", "que", []),
        ("quế oil <3%", "que", []),
        ("quế >3% anethol", "que anethol", []),
        ("quế oil >0%", "que", []),
        ("quế oil >101%", "que", []),
        ("quế foil >3%", "que foil", []),
    ],
)
def test_at_least_a_share_of_a_compound_is_understood_in_plain_words(text, rest, asked):
    meaning = read(text, COMPOUNDS)
    assert (folded_key(meaning.words), list(meaning.at_least)) == (rest, asked)


@pytest.mark.parametrize("text", ["quế >3% oil", "oil > 3 %", "≥2,5% cinnamaldehyde"])
def test_without_a_vocabulary_no_share_is_asked_for(text):
    assert read(text).at_least == ()
