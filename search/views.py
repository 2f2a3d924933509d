"""Search pages: parse, call, render."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from core.facets import removals
from core.paging import replace_query
from search import facets
from search.engines import get_engine
from search.engines.base import SearchUnavailable
from search.forms import LAST_PAGE, PAGE_SIZE, SearchForm, SuggestForm
from search.results import load, suggestions

View = Callable[[HttpRequest], HttpResponse]


def honest_when_unavailable(template: str) -> Callable[[View], View]:
    """Answer 503 with a template of its own while the index cannot be read.

    Never an empty result that looks like "nothing found".
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest) -> HttpResponse:
            try:
                return view(request)
            except SearchUnavailable:
                return render(request, template, {"q": request.GET.get("q", "")}, status=503)

        return wrapped

    return decorate


@require_safe
@honest_when_unavailable("search/unavailable.html")
def results(request: HttpRequest) -> HttpResponse:
    """Search species, lots and pages."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        context = {"form": form, "q": request.GET.get("q", "")}
        return render(request, "search/results.html", context, status=400)
    query = form.to_query(get_language())
    found = get_engine().search(query)
    shown = facets.for_page(request, found)
    page = form.cleaned_data["page"]
    more = page < LAST_PAGE and page * PAGE_SIZE < found.total
    context = {
        "form": form,
        "q": query.text,
        "results": load(found.hits, text=query.text, person=request.user, request=request),
        "facets": shown,
        "selected": removals(shown),
        "total": found.total,
        "next_url": replace_query(request, page=page + 1) if more else "",
        "first_url": replace_query(request, page=None) if page > 1 else "",
    }
    return render(request, "search/results.html", context)


@require_safe
@honest_when_unavailable("search/includes/suggestions.html")
def suggest(request: HttpRequest) -> HttpResponse:
    """Suggest names as one types; a fragment of a page."""
    form = SuggestForm(request.GET)
    if not form.is_valid():
        return render(request, "search/includes/suggestions.html", status=400)
    meant = suggestions(
        form.cleaned_data["q"], language=get_language(), person=request.user, request=request
    )
    return render(request, "search/includes/suggestions.html", {"suggestions": meant})
