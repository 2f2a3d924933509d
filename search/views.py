"""Search pages: parse, call, render."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from catalogue import figures
from core.facets import removals
from core.paging import replace_query
from market.rows import put_assays_on
from search import facets, jumps, nearest
from search.engines import get_engine
from search.engines.base import SearchQuery, SearchUnavailable, StaleCursor
from search.forms import SearchForm, SuggestForm
from search.results import ShownHit, load, suggestions

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
    query = form.to_query(get_language(), may_explain=request.user.is_staff)
    if not query.filters and (address := jumps.address_of(query.text, request.user)):
        return redirect(address)
    try:
        found = get_engine().search(query)
    except StaleCursor:
        return redirect(replace_query(request, after=None))
    shown = facets.for_page(request, found)
    text = found.read_as or query.text
    hits = load(found.hits, text=text, person=request.user, request=request)
    figures.put_on_cards([hit.record for hit in hits if hit.kind == "species"])
    put_assays_on([hit.record for hit in hits if hit.kind == "lot"])
    context = {
        "form": form,
        "q": query.text,
        "results": hits,
        "read_as": found.read_as,
        "meant": nearest.did_you_mean(query.text, hits) if found.is_inexact else "",
        "nearest": _nearest(request, query) if query.text and not hits else [],
        "facets": shown,
        "selected": removals(shown),
        "total": found.total,
        "has_prices": "price" in found.facets,
        "next_url": replace_query(request, after=found.next) if found.next else "",
        "first_url": replace_query(request, after=None) if query.after else "",
    }
    return render(request, "search/results.html", context)


def _nearest(request: HttpRequest, query: SearchQuery) -> list[ShownHit]:
    return nearest.nearest(
        query.text, language=query.language, person=request.user, request=request
    )


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
