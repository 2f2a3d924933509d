"""Numbers as people type them."""

from decimal import Decimal

from django import forms
from django.utils import translation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import group_digits
from core.numbers import KilogramField, LocalNumber, TonneField, WholeNumberField, plain_number


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


class DecimalField(LocalNumber, forms.DecimalField):
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
        assert DecimalField().clean(typed) == value


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


@pytest.mark.parametrize(
    ("_case", "field", "typed", "grams"),
    [
        ("kilograms", KilogramField, "1.250,5 kg", 1_250_500),
        ("idle zeros", KilogramField, "1,50000", None),
        ("a gram", KilogramField, "0,001", 1),
        ("a fraction of a gram", KilogramField, "0,0001", None),
        ("nothing", KilogramField, "0", None),
        ("below zero", KilogramField, "-1", None),
        ("more than is believed", KilogramField, "1000001", None),
        ("not a number", KilogramField, "NaN", None),
        ("infinite", KilogramField, "Infinity", None),
        ("too large to multiply", KilogramField, "1E+999999", None),
        ("tonnes", TonneField, "7.250,125 tấn", 7_250_125_000),
        ("a fraction of a kilogram", TonneField, "0,0001", None),
        ("tonnes that nobody has", TonneField, "10000001", None),
    ],
)
def test_a_weight_is_whole_grams_or_refused(_case, field, typed, grams):
    if grams is None:
        with pytest.raises(forms.ValidationError):
            field().clean(typed)
    else:
        assert field().clean(typed) == grams


def test_a_stored_weight_is_shown_in_its_unit_and_is_no_change():
    field = TonneField()
    assert field.prepare_value(1_250_500_000) == "1250,5"
    assert field.prepare_value("12,x") == "12,x"
    assert not field.has_changed(1_250_500_000, "1250,5")
    assert field.has_changed(1_250_500_000, "1250,6")
    assert field.has_changed(1_250_500_000, "mười")
    assert TonneField(required=False).clean("") is None


@given(st.integers(1, 10**10), st.sampled_from(["vi", "en"]))
def test_a_weight_that_is_shown_and_sent_back_stays_as_it_is(kilograms, language):
    with translation.override(language):
        field = TonneField()
        assert field.clean(field.prepare_value(kilograms * 1000)) == kilograms * 1000
