"""The fields of query strings."""

from django import forms

import pytest

from core.forms import MAX_QUERY, Codes, Key, SearchText


@pytest.mark.parametrize("text", ["", "quế", "x" * MAX_QUERY, "'; DROP TABLE", "%_\\"])
def test_search_text_takes_what_people_type(text):
    assert SearchText().clean(text) == text


@pytest.mark.parametrize("text", ["x" * (MAX_QUERY + 1), "a\x00b"])
def test_search_text_refuses(text):
    with pytest.raises(forms.ValidationError):
        SearchText().clean(text)


@pytest.mark.parametrize("codes", [[], ["bark"], ["bark", "essential-oil"], ["deep_processing"]])
def test_codes(codes):
    assert Codes().clean(codes) == codes


@pytest.mark.parametrize("code", ["x" * 81, "a b", "a'b", "<b>", "-", "a\x00"])
def test_a_malformed_code_is_refused(code):
    with pytest.raises(forms.ValidationError):
        Codes().clean(["bark", code])


def test_a_key_is_short():
    assert Key().clean("x" * 80) == "x" * 80
    with pytest.raises(forms.ValidationError):
        Key().clean("x" * 81)
