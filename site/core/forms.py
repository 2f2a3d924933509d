"""The query string as a form: what a machine sends must be right, what a person types may be."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

MAX_QUERY = 200


class SearchText(forms.CharField):
    """Text someone types to find something; over-long text is refused before it reaches a query."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Search"))
        super().__init__(required=False, max_length=MAX_QUERY, strip=True, **kwargs)


class SkipsEmpty(forms.MultipleChoiceField):
    """A choice of several that takes no notice of an empty one, as a plain form sends it."""

    def to_python(self, value):
        return [one for one in super().to_python(value) if one]


class Codes(SkipsEmpty, forms.TypedMultipleChoiceField):
    """Several codes of a vocabulary; an unknown but well-formed one finds nothing.

    `signs` may stand in a code beside letters and digits.
    """

    def __init__(self, *, signs: str = "-_", **kwargs):
        super().__init__(required=False, **kwargs)
        self.signs = str.maketrans("", "", signs)

    def valid_value(self, value: str) -> bool:
        return len(value) <= 80 and value.translate(self.signs).isalnum()


class Picks(SkipsEmpty):
    """Several values of a fixed set; anything else is a mistake of whoever made the address."""

    def __init__(self, *, choices: Iterable[str], **kwargs):
        named = [(value, value) for value in choices]
        super().__init__(required=False, choices=named, **kwargs)


class Key(forms.CharField):
    """The key of the last record of the page before."""

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=80, widget=forms.HiddenInput, **kwargs)
