"""Lists and choosers that find what somebody types, with or without accents."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
)
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from core.forms import SearchText
from core.text import fold


class FoundIndexView(IndexView):
    """A list whose search is its viewset's."""

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        return self.model.snippet_viewset.found(queryset, self.search_query)


class SearchForm(BaseFilterForm):
    """The search of a chooser, which is that of the list."""

    q = SearchText()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = _("Search")

    def filter(self, objects):
        text = self.cleaned_data["q"]
        if not text:
            return objects
        self.is_searching = True
        self.search_query = text
        return objects.model.snippet_viewset.found(objects, text)


class FoundChooseView(ChooseView):
    filter_form_class = SearchForm


class FoundChooseResultsView(ChooseResultsView):
    filter_form_class = SearchForm


class FoundChooserViewSet(SnippetChooserViewSet):
    choose_view_class = FoundChooseView
    choose_results_view_class = FoundChooseResultsView


class VocabularyViewSet(SnippetViewSet):
    """A vocabulary of some hundred words at most, so that it can be searched without an index."""

    index_view_class = FoundIndexView
    chooser_viewset_class = FoundChooserViewSet
    copy_view_enabled = False
    list_per_page = 50
    search_fields = ["code", "labels__text"]

    def found(self, queryset: QuerySet, text: str) -> QuerySet:
        """Keep the words that contain the text in one of the search fields, accents or none."""
        wanted = fold(text)
        rows = queryset.order_by().values_list("pk", *self.search_fields)
        found = {pk for pk, *words in rows if wanted in fold(" ".join(map(str, words)))}
        return queryset.filter(pk__in=found)
