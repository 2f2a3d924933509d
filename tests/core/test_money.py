"""Amounts: rounding and writing."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils import translation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import format_money, group_digits, line_total_minor


@pytest.mark.parametrize(
    ("_case", "grams", "price", "total"),
    [
        ("whole kilograms", 2_000, 75_000, 150_000),
        ("exact grams", 1_250, 80_000, 100_000),
        ("below half goes down", 499, 1, 0),
        ("half goes up", 500, 1, 1),
        ("half above one goes up", 1_500, 1, 2),
        ("half goes up from an even number too", 2_500, 1, 3),
        ("nothing", 0, 75_000, 0),
        ("free", 1_000, 0, 0),
        ("a whole harvest", 1_000_000_000, 2_000_000_000, 2_000_000_000_000_000),
    ],
)
def test_line_total(_case, grams, price, total):
    assert line_total_minor(grams, price) == total


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_line_total_rounds_half_up_once(grams, price):
    exact = (Decimal(grams) * price / 1000).quantize(Decimal(1), ROUND_HALF_UP)
    assert line_total_minor(grams, price) == exact


@pytest.mark.parametrize(
    ("_case", "minor", "currency", "language", "written"),
    [
        ("dong in Vietnamese", 4_500_000, "VND", "vi", "4.500.000 ₫"),
        ("dong in English", 4_500_000, "VND", "en", "4,500,000 ₫"),
        ("one dong is not a hundredth", 1, "VND", "vi", "1 ₫"),
        ("no dong", 0, "VND", "vi", "0 ₫"),
        ("yen have no cents either", 1_234, "JPY", "en", "1,234 JPY"),
        ("cents in Vietnamese", 123_456, "USD", "vi", "1.234,56 USD"),
        ("cents in English", 123_456, "USD", "en", "1,234.56 USD"),
        ("a few cents", 5, "USD", "en", "0.05 USD"),
        ("a regional English", 1_000, "VND", "en-gb", "1,000 ₫"),
    ],
)
def test_format_money(_case, minor, currency, language, written):
    assert format_money(minor, currency, language) == written


@pytest.mark.parametrize(
    ("language", "written"), [("vi", "75.000 ₫"), ("en", "75,000 ₫"), (None, "75.000 ₫")]
)
def test_the_language_of_the_reader_decides(language, written):
    with translation.override(language):
        assert format_money(75_000, "VND") == written


@pytest.mark.parametrize(
    ("number", "vi", "en"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1000, "1.000", "1,000"),
        (1_234_567, "1.234.567", "1,234,567"),
    ],
)
def test_group_digits(number, vi, en):
    assert (group_digits(number, "vi"), group_digits(number, "en")) == (vi, en)
