"""What a text is understood to ask for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.meaning import read
from search.synonyms import also_called
from search.words import folded_key, query_words


def words(text):
    return folded_key(read(text).words)


@pytest.mark.parametrize(
    ("text", "rest", "at_most"),
    [
        ("quế dưới 90k", "que", 90_000),
        ("quế dưới 90 nghìn", "que", 90_000),
        ("cinnamon under 90.000đ/kg", "cinnamon", 90_000),
        ("quế < 90,000", "que", 90_000),
        ("sâm không quá 1,5 triệu", "sam", 1_500_000),
        ("quế dưới 90k dưới 80k", "que", 80_000),
        ("quế dưới 500 m", "que duoi 500 m", None),
        ("sâm dưới 6 năm", "sam duoi 6 nam", None),
        ("hai dưới ba", "hai duoi ba", None),
        ("dưới tán rừng", "duoi tan rung", None),
        ("", "", None),
    ],
)
def test_a_price_is_understood_in_plain_words(text, rest, at_most):
    assert (words(text), read(text).at_most) == (rest, at_most)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("organic cinnamon >3% oil Yên Bái", "organic cinnamon yen bai"),
        ("quế tinh dầu trên 3%", "que tinh dau"),
        ("3%", "3"),
    ],
)
def test_what_no_lot_says_is_left_out_of_what_must_match(text, rest):
    assert words(text) == rest


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


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ('"vỏ thân" quế', ["vo than"]),
        ("“vỏ thân” «hữu cơ»", ["vo than", "huu co"]),
        ('quế "', []),
        ('""', []),
    ],
)
def test_what_stands_in_quotes_is_a_phrase(text, phrases):
    assert [folded_key(phrase) for phrase in read(text).phrases] == phrases


@pytest.mark.parametrize(
    ("term", "other"),
    [("vỏ", "bark"), ("bark", "cortex"), ("yên bái", "lào cai"), ("trà", "chè")],
)
def test_words_that_mean_the_same(term, other):
    runs = also_called(query_words(term))
    assert folded_key(query_words(other)) in [folded_key(run) for run in runs]


def test_a_merged_province_does_not_mean_the_part_it_was():
    runs = also_called(query_words("lào cai")) or ()
    assert "yen bai" not in [folded_key(run) for run in runs]


@given(st.text(max_size=300) | st.text(alphabet='<>≤%"0123456789., kđdướinder', max_size=80))
def test_any_text_has_a_meaning(text):
    meaning = read(text, COMPOUNDS)
    assert sum(len(slot.words) for slot in meaning.slots) == len(meaning.words)
    assert meaning.at_most is None or meaning.at_most > 0
