"""Kilograms and grams."""

from decimal import Decimal

from django.utils import translation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.weights import MAX_KG, NotAWeight, format_kg, grams_from_kg


@pytest.mark.parametrize(
    ("_case", "kg", "grams"),
    [
        ("whole", "12", 12_000),
        ("three decimals", "0.001", 1),
        ("idle zeros", "1.50000", 1_500),
        ("an exponent", "1E+3", 1_000_000),
        ("nothing", "0", 0),
    ],
)
def test_grams_from_kg(_case, kg, grams):
    assert grams_from_kg(Decimal(kg)) == grams


@pytest.mark.parametrize(
    ("_case", "kg"),
    [
        ("a fraction of a gram", "0.0001"),
        ("a fraction after many digits", "1234567.0005"),
        ("not a number", "NaN"),
        ("a signalling not a number", "sNaN"),
        ("infinite", "Infinity"),
        ("infinitely little", "-Infinity"),
        ("a fraction that rounding would swallow", "12345678901234567890123456.0001"),
        ("too large to multiply", "1E+999999"),
    ],
)
def test_what_is_not_a_weight_is_refused(_case, kg):
    with pytest.raises(NotAWeight):
        grams_from_kg(Decimal(kg))


@pytest.mark.parametrize(
    ("_case", "grams", "vi", "en"),
    [
        ("whole", 1_000, "1 kg", "1 kg"),
        ("grouped", 1_250_500, "1.250,5 kg", "1,250.5 kg"),
        ("zeros inside stay", 1_005, "1,005 kg", "1.005 kg"),
        ("less than one", 40, "0,04 kg", "0.04 kg"),
        ("nothing", 0, "0 kg", "0 kg"),
    ],
)
def test_format_kg(_case, grams, vi, en):
    assert (format_kg(grams, "vi"), format_kg(grams, "en")) == (vi, en)
    with translation.override("en"):
        assert format_kg(grams) == en


def test_format_kg_ungrouped():
    assert format_kg(1_250_500, "vi", grouped=False) == "1250,5 kg"


@given(st.integers(0, MAX_KG * 1000))
def test_what_is_written_reads_back(grams):
    number = format_kg(grams, "en", grouped=False).removesuffix(" kg")
    assert grams_from_kg(Decimal(number)) == grams
