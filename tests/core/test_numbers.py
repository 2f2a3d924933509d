"""Numbers as people type them."""

from decimal import Decimal

from django import forms
from django.utils import translation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import group_digits
from core.numbers import LocalNumber, WholeNumberField, plain_number


@pytest.mark.parametrize(
    ("typed", "vi", "en"),
    [
        ("1250", "1250", "1250"),
        ("1.250", "1250", "1.250"),
        ("1,250", "1.250", "1250"),
        ("1,250.5", "1.250.5", "1250.5"),
        ("1.250,5", "1250.5", "1.250.5"),
        ("1.250.000", "1250000", "1.250.000"),
        ("1,250,000", "1.250.000", "1250000"),
        ("0.500", "0.500", "0.500"),
        ("0,500", "0.500", "0.500"),
        ("12.5", "12.5", "12.5"),
        ("12,5", "12.5", "12.5"),
        ("12.50", "12.50", "12.50"),
        ("1 250", "1250", "1250"),
        ("1\u00a0250,5", "1250.5", "1250.5"),
        ("1\u202f250", "1250", "1250"),
        (" 7 ", "7", "7"),
        ("", "", ""),
        ("abc", "abc", "abc"),
    ],
)
def test_plain_number(typed, vi, en):
    assert plain_number(typed, "vi") == vi
    assert plain_number(typed, "en") == en


@given(st.integers(0, 10**15), st.sampled_from(["vi", "en"]))
def test_a_number_we_write_is_one_we_read(number, language):
    assert plain_number(group_digits(number, language), language) == str(number)


class KilogramsField(LocalNumber, forms.DecimalField):
    pass


@pytest.mark.parametrize(
    ("language", "typed", "value"),
    [
        ("vi", "1.250,5", Decimal("1250.5")),
        ("en", "1,250.5", Decimal("1250.5")),
        ("vi", "1.250", Decimal("1250")),
        ("en", "1.250", Decimal("1.250")),
    ],
)
def test_a_decimal_field_reads_the_language(language, typed, value):
    with translation.override(language):
        assert KilogramsField().clean(typed) == value


@pytest.mark.parametrize(
    ("language", "typed", "value"),
    [("vi", "75.000", 75_000), ("en", "75,000", 75_000), ("vi", "75 000", 75_000)],
)
def test_a_whole_number_field_reads_the_language(language, typed, value):
    with translation.override(language):
        assert WholeNumberField().clean(typed) == value


@pytest.mark.parametrize(
    ("_case", "language", "typed"),
    [
        ("two readings of an English number", "vi", "1,250.5"),
        ("a fraction", "vi", "12,5"),
        ("a word", "en", "many"),
        ("not a number", "en", "NaN"),
        ("infinite", "en", "Infinity"),
    ],
)
def test_a_whole_number_field_refuses(_case, language, typed):
    with translation.override(language), pytest.raises(forms.ValidationError):
        WholeNumberField().clean(typed)
