"""Folding Vietnamese text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import fold, fold_aligned, initial, nfc, slug

NAMES = ["Quế Văn Yên", "Đương quy", "ĐẲNG SÂM", "Thảo quả", "Ba kích tím", "H'Mông", "肉桂"]


@pytest.mark.parametrize(
    ("_case", "text", "folded"),
    [
        ("tones and hats", "Quế Văn Yên", "que van yen"),
        ("small d with stroke", "đương quy", "duong quy"),
        ("capital d with stroke", "ĐẲNG SÂM", "dang sam"),
        ("horned letters", "Ươn Ướt", "uon uot"),
        ("nothing to fold", "Cinnamomum cassia", "cinnamomum cassia"),
        ("other writing stays", "肉桂", "肉桂"),
        ("empty", "", ""),
    ],
)
def test_fold(_case, text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize("name", NAMES)
def test_decomposed_text_folds_like_composed_text(name):
    decomposed = unicodedata.normalize("NFD", name)
    assert fold(decomposed) == fold(name)
    assert fold_aligned(decomposed) == fold_aligned(name)
    assert slug(decomposed) == slug(name)


@pytest.mark.parametrize(
    ("_case", "text", "address"),
    [
        ("words", "Chè dây", "che-day"),
        ("stroke", "Đỗ trọng", "do-trong"),
        ("signs at the ends", "  (Quế) – Yên Bái! ", "que-yen-bai"),
        ("nothing left", "…", ""),
    ],
)
def test_slug(_case, text, address):
    assert slug(text) == address


def test_a_letter_that_folds_to_two_keeps_one_position():
    assert fold_aligned("straßẞe Ǆ") == "straßße ǆ"


@given(st.text())
def test_fold_aligned_keeps_every_position(text):
    assert len(fold_aligned(text)) == len(nfc(text))


@given(st.text())
def test_fold_aligned_of_vietnamese_letters_is_fold(text):
    letters = "".join(c for c in nfc(text) if c.lower() in "aăâbcdđeêghiklmnoôơpqrstuưvxy áàảãạấế ")
    assert fold_aligned(letters) == fold(letters)


@given(st.text())
def test_slug_is_an_address(text):
    made = slug(text)
    assert made == slug(made)
    assert not made.startswith("-")
    assert all(c in "abcdefghijklmnopqrstuvwxyz0123456789-" for c in made)


@given(st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "Z", "P"))))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "letter"),
    [("Ấu", "A"), ("đương quy", "Đ"), ("Đỗ trọng", "Đ"), ("dâu", "D"), ("ơ", "O"), ("", "")],
)
def test_a_name_stands_under_its_letter_without_accents_but_not_under_d(text, letter):
    assert initial(text) == letter
