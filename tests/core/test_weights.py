"""Kilograms and grams."""

from django.utils import translation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.numbers import KilogramField
from core.weights import MAX_KG, format_kg, format_tonnes


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


@given(st.integers(1, MAX_KG * 1000), st.sampled_from(["vi", "en"]))
def test_what_is_written_reads_back(grams, language):
    with translation.override(language):
        assert KilogramField().clean(format_kg(grams)) == grams


@pytest.mark.parametrize(
    ("_case", "grams", "vi", "en"),
    [
        ("whole", 450_000_000, "450", "450"),
        ("grouped", 1_250_500_000, "1.250,5", "1,250.5"),
        ("to a kilogram", 12_345_678, "12,346", "12.346"),
    ],
)
def test_format_tonnes(_case, grams, vi, en):
    assert (format_tonnes(grams, "vi"), format_tonnes(grams, "en")) == (vi, en)
