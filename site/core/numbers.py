"""Numbers as people write them: 1.250,5 in Vietnamese is 1,250.5 in English."""

import re
from decimal import Decimal

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from babel.numbers import format_decimal

from core.money import GRAMS_PER_KG
from core.weights import GRAMS_PER_TONNE, MAX_KG

_GROUPED = {
    ".": re.compile(r"[1-9]\d{0,2}(\.\d{3})+(,\d*)?"),
    ",": re.compile(r"[1-9]\d{0,2}(,\d{3})+(\.\d*)?"),
}

_PLAIN = re.compile(r"-?\d+(\.\d*)?")
_UNIT = re.compile(r"\s*(kg|t|tấn|₫|đ|đồng|vnd)$", re.IGNORECASE)
_WHOLE = re.compile(r"[1-9]\d{0,2}(?:([.,]|\s)\d{3})(?:\1\d{3})*")


def plain_number(text: str, language: str | None = None) -> str:
    """Return a typed number with a decimal point and without thousands marks.

    "1.250" is 1250 to a Vietnamese reader and 1.25 to an English one; where only one reading is
    possible ("12.5", "0.500") it is taken in both languages.
    """
    text = re.sub(r"[\s\u00a0\u202f]", "", text)
    mark = "." if (language or get_language() or "vi")[:2] == "vi" else ","
    if _GROUPED[mark].fullmatch(text):
        text = text.replace(mark, "")
    return text.replace(",", ".")


class LocalNumber(forms.Field):
    """Mixin of a number field that reads what a person's language writes, unit or not."""

    def to_python(self, value):
        if isinstance(value, str) and value.strip():
            value = plain_number(_UNIT.sub("", value.strip()))
            if not _PLAIN.fullmatch(value):
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class WholeNumberField(LocalNumber, forms.IntegerField):
    """A whole number typed with or without thousands marks, of either language.

    A mark before three digits cannot be a decimal one here, so "75.000" and "75,000" are the same.
    """

    widget = forms.TextInput

    def to_python(self, value):
        if isinstance(value, str):
            value = _UNIT.sub("", value.strip())
            if _WHOLE.fullmatch(value):
                value = re.sub(r"\D", "", value)
        return super().to_python(value)

    def widget_attrs(self, widget):
        return {"inputmode": "numeric", "autocomplete": "off"}


class WeightField(LocalNumber, forms.DecimalField):
    """A weight as a person types it, with a comma or a point; grams as a number inside."""

    grams: int  # of one unit
    most: int  # units that are believed

    def __init__(self, **kwargs):
        super().__init__(
            min_value=Decimal("0.001"),
            max_value=Decimal(self.most),
            max_digits=12,
            decimal_places=3,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            **kwargs,
        )

    def clean(self, value) -> int | None:
        """Return whole grams, or None for an empty optional field."""
        units = super().clean(value)
        return None if units is None else int(units * self.grams)

    def prepare_value(self, value):
        """Return stored grams in units, as it is typed; what was typed stays as it is."""
        if not isinstance(value, int):
            return value
        language = get_language() or "vi"
        return format_decimal(Decimal(value) / self.grams, format="0.###", locale=language[:2])

    def has_changed(self, initial, data) -> bool:
        """Compare in grams, which are what is stored."""
        try:
            return self.clean(data) != initial
        except forms.ValidationError:
            return True


class KilogramField(WeightField):
    """Kilograms as a person types them."""

    grams, most = GRAMS_PER_KG, MAX_KG
    # Django's own words name the bare limit, with a decimal point in every language.
    default_error_messages = {
        "invalid": _("Enter kilograms, for example 50 or 12.5."),
        "min_value": _("Enter more than nothing."),
        "max_value": _("Enter at most one million kilograms."),
        "max_decimal_places": _("Enter kilograms to the gram: three decimals at most."),
        "max_digits": _("Enter kilograms, for example 50 or 12.5."),
        "max_whole_digits": _("Enter at most one million kilograms."),
    }


class TonneField(WeightField):
    """Tonnes as a person types them."""

    grams, most = GRAMS_PER_TONNE, 10_000_000
    default_error_messages = {
        "invalid": _("Enter tonnes, for example 50 or 12.5."),
        "min_value": _("Enter more than nothing."),
        "max_value": _("Enter at most ten million tonnes."),
        "max_decimal_places": _("Enter tonnes to the kilogram: three decimals at most."),
        "max_digits": _("Enter tonnes, for example 50 or 12.5."),
        "max_whole_digits": _("Enter at most ten million tonnes."),
    }
