import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from search.words import (
    MAX_WORD,
    Word,
    exact_key,
    folded_key,
    heard_key,
    query_words,
    spans,
    tight_key,
    words,
)


def test_a_word_keeps_its_accents_and_loses_them():
    assert words("Đương-quy, (HOÀNG) liên") == [
        Word("đương", "duong"),
        Word("quy", "quy"),
        Word("hoàng", "hoang"),
        Word("liên", "lien"),
    ]


def test_an_apostrophe_inside_a_word_belongs_to_it():
    assert words("H'Mông H’Mông 'Dao'") == [
        Word("hmông", "hmong"),
        Word("hmông", "hmong"),
        Word("dao", "dao"),
    ]


def test_each_han_character_is_a_word():
    assert folded_key(words("肉桂")) == "肉 桂"


def test_a_mark_without_a_composed_letter_does_not_split_the_word():
    assert words("m\u0300o") == [Word("m\u0300o", "mo")]


def test_keys_join_words_by_one_space():
    assert exact_key(words("DEMO-QUE--01")) == "demo que 01"


def test_keys_without_spaces_and_as_they_are_heard():
    assert tight_key(words("a ti sô")) == "atiso"
    assert heard_key(words("Đảng xâm")) == heard_key(words("đảng sâm"))
    assert heard_key(words("trè dây")) == heard_key(words("chè giây"))
    assert heard_key(words("quế")) != heard_key(words("hồi"))


def test_a_query_has_a_last_word():
    assert len(query_words("a " * 100)) == 32


def test_spans_point_into_the_composed_text():
    text = unicodedata.normalize("NFD", "Vỏ quế")

    assert spans(text) == [(0, 2, "vo"), (3, 6, "que")]


@settings(deadline=None)
@given(st.text())
def test_any_text_has_words_of_bounded_length_without_spaces(text):
    for word in words(text):
        assert len(word.folded) > 0
        assert len(word.exact) <= MAX_WORD
        assert not any(char.isspace() for char in word.exact + word.folded)
