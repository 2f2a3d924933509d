"""The query string of a search, as a form."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import Codes, Key, Picks, SearchText
from search import facets
from search.documents.base import CODED, FACETS
from search.engines.base import SearchQuery
from search.models import SavedSearch
from search.models.saved import LONGEST_NAME
from search.registry import DOCUMENTS

PAGE_SIZE = 20
MOST_MONEY = 10**10  # VND; more is a slip of the finger
MOST_SENT = 10_000  # letters of a query string; what is kept of it is shorter


class SearchForm(forms.Form):
    """What somebody looks for, and how they narrowed it."""

    q = SearchText()
    kind = Picks(label=pgettext_lazy("search", "What"), choices=DOCUMENTS)
    under = forms.IntegerField(
        label=_("At most (VND/kg)"), required=False, min_value=1, max_value=MOST_MONEY
    )
    sort = forms.ChoiceField(
        label=_("Sort by"),
        required=False,
        choices=[
            ("", _("Best match")),
            ("cheapest", _("Lowest price")),
            ("dearest", _("Highest price")),
            ("newest", _("Newest")),
            ("largest", _("Most kilograms")),
            ("assay", _("Strongest first")),
        ],
    )
    after = Key()
    explain = forms.BooleanField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields |= {name: Codes() for name in CODED}
        self.fields["assay"] = Codes(signs="-_:.")  # essential-oil:0.5

    def to_query(self, language: str, *, may_explain: bool = False) -> SearchQuery:
        """Return the query of a valid form; scores are explained to those who may see why."""
        asked = self.cleaned_data
        picked = {name: tuple(asked[name]) for name in FACETS if asked[name]}
        return SearchQuery(
            text=asked["q"],
            language=language,
            filters=picked,
            facets=facets.asked_of(asked["kind"], picked),
            at_most=asked["under"],
            sort=asked["sort"],
            after=asked["after"],
            limit=PAGE_SIZE,
            explain=may_explain and asked["explain"],
        )


class SuggestForm(forms.Form):
    """The letters typed so far."""

    q = SearchText()


class KeptForm(forms.Form):
    """What a person says of a saved search. Without a name it is named after what it asks for."""

    name = forms.CharField(label=_("Name"), required=False, max_length=LONGEST_NAME)
    frequency = forms.ChoiceField(label=_("E-mails"), choices=SavedSearch.Frequency)

    def clean_name(self) -> str:
        """Return the name in one line: it stands in the subject of mails."""
        return " ".join(self.cleaned_data["name"].split())


class SaveForm(KeptForm):
    """A search to be saved, as the query string of its results page."""

    query = forms.CharField(required=False, max_length=MOST_SENT, widget=forms.HiddenInput)
