"""Numbers as people write them: 1.250,5 in Vietnamese is 1,250.5 in English."""

import re

from django import forms
from django.utils.translation import get_language

_GROUPED = {
    ".": re.compile(r"[1-9]\d{0,2}(\.\d{3})+(,\d*)?"),
    ",": re.compile(r"[1-9]\d{0,2}(,\d{3})+(\.\d*)?"),
}

_PLAIN = re.compile(r"-?\d+(\.\d*)?")
_UNIT = re.compile(r"\s*(kg|₫|đ|đồng|vnd)$", re.IGNORECASE)
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
