"""Per cent and parts per million."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import translation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.shares import PercentField, format_percent, percent_number, ppm_from_percent


@pytest.mark.parametrize(
    ("percent", "ppm"), [("3", 30_000), ("3.25", 32_500), ("0.0001", 1), ("100", 1_000_000)]
)
def test_per_cent_are_whole_parts_per_million(percent, ppm):
    assert ppm_from_percent(Decimal(percent)) == ppm


@pytest.mark.parametrize(
    ("ppm", "vietnamese", "english"),
    [(30_000, "3 %", "3%"), (32_500, "3,25 %", "3.25%"), (1, "0,0001 %", "0.0001%")],
)
def test_a_share_is_written_as_per_cent(ppm, vietnamese, english):
    assert format_percent(ppm, "vi").replace("\u00a0", " ") == vietnamese
    assert format_percent(ppm, "en") == english


@pytest.mark.parametrize(
    ("_case", "typed", "ppm"),
    [
        ("a comma", "3,25", 32_500),
        ("a point", "3.25", 32_500),
        ("all", "100", 1_000_000),
        ("nothing", "", None),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_per_cent_are_read_as_people_type_them(_case, typed, ppm, language):
    with translation.override(language):
        assert PercentField(required=False).clean(typed) == ppm


@pytest.mark.parametrize("typed", ["-1", "101", "3,00001", "three", "NaN", "1e1"])
def test_what_is_no_share_is_refused(typed):
    with pytest.raises(ValidationError):
        PercentField().clean(typed)


@given(st.integers(min_value=0, max_value=1_000_000), st.sampled_from(["vi", "en"]))
def test_what_the_form_shows_is_what_it_reads(ppm, language):
    field = PercentField()
    with translation.override(language):
        assert field.clean(percent_number(ppm)) == ppm
        assert not field.has_changed(ppm, field.prepare_value(ppm))
        assert field.has_changed(ppm, field.prepare_value(ppm + 1))
