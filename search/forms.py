"""The query string of a search, as a form."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import Codes, SearchText
from search.documents.base import FACETS
from search.engines.base import SearchQuery
from search.registry import DOCUMENTS

PAGE_SIZE = 20
LAST_PAGE = 500


class SearchForm(forms.Form):
    """What somebody looks for, and how they narrowed it."""

    q = SearchText()
    kind = forms.MultipleChoiceField(
        label=pgettext_lazy("search", "What"),
        required=False,
        choices=[(label, label) for label in DOCUMENTS],
    )
    family = Codes(label=_("Family"))
    part = Codes(label=_("Part used"))
    group = Codes(label=_("Strategic group"))
    province = Codes(label=_("Province"))
    page = forms.IntegerField(required=False, min_value=1, max_value=LAST_PAGE)

    def to_query(self, language: str) -> SearchQuery:
        """Return the query of a valid form."""
        asked = self.cleaned_data
        return SearchQuery(
            text=asked["q"],
            language=language,
            filters={name: tuple(asked[name]) for name in FACETS if asked[name]},
            limit=PAGE_SIZE,
            offset=PAGE_SIZE * (asked["page"] - 1),
        )

    def clean_page(self) -> int:
        return self.cleaned_data["page"] or 1


class SuggestForm(forms.Form):
    """The letters typed so far."""

    q = SearchText()
