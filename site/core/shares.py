"""Shares are integers of parts per million inside, per cent where people read and type them.

A ten-thousandth of a per cent is the finest there is, so that every share is exact and compares
exactly: 3,25 % is 32 500 and never a float.
"""

from decimal import Decimal

from django import forms
from django.db import models
from django.utils.translation import get_language

from core.numbers import LocalNumber

WHOLE = 1_000_000
PPM_PER_PERCENT = 10_000
DECIMALS = 4


def ppm_from_percent(percent: Decimal) -> int:
    """Return per cent as whole parts per million; what is finer than one is cut off."""
    return int(percent * PPM_PER_PERCENT)


def percent_number(ppm: int, language: str | None = None) -> str:
    """Write parts per million as a number of per cent without idle zeros: "3,25"."""
    whole, rest = divmod(ppm, PPM_PER_PERCENT)
    if not rest:
        return str(whole)
    mark = "," if (language or get_language() or "vi")[:2] == "vi" else "."
    return f"{whole}{mark}{rest:0{DECIMALS}d}".rstrip("0")


def format_percent(ppm: int, language: str | None = None) -> str:
    """Write parts per million as per cent: "3,25 %" in Vietnamese, "3.25%" in English."""
    language = language or get_language() or "vi"
    gap = "\u00a0" if language[:2] == "vi" else ""
    return f"{percent_number(ppm, language)}{gap}%"


class PercentField(LocalNumber, forms.DecimalField):
    """Per cent as a person types them, parts per million for the code."""

    widget = forms.TextInput

    def __init__(self, **kwargs):
        limits = {"min_value": 0, "max_value": 100, "max_digits": 7, "decimal_places": DECIMALS}
        super().__init__(**(kwargs | limits))

    def clean(self, value):
        percent = super().clean(value)
        return None if percent is None else ppm_from_percent(percent)

    def prepare_value(self, value):
        return percent_number(value) if isinstance(value, int) else value

    def has_changed(self, initial, data):
        if data in self.empty_values:
            return initial not in self.empty_values
        try:
            return self.clean(data) != initial
        except forms.ValidationError:
            return True

    def widget_attrs(self, widget):
        return {"inputmode": "decimal", "autocomplete": "off"}


class ShareField(models.PositiveIntegerField):
    """Parts per million, typed as per cent."""

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": PercentField, **kwargs})
