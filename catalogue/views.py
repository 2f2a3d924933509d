"""Pages of the museum: parse, call, render."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from catalogue import browse, drawing, records
from catalogue.forms import SpeciesFilterForm
from catalogue.models import Species
from catalogue.species_page import species_context
from core.facets import removals
from core.paging import page_by_key, replace_query

SPECIES_PER_PAGE = 24


@require_safe
def species_list(request):
    """Browse the collection."""
    form = SpeciesFilterForm(request.GET)
    if not form.is_valid():
        return render(request, "catalogue/species_list.html", {"form": form}, status=400)
    asked = form.cleaned_data
    visible = Species.objects.visible_to(request.user)
    matching = browse.narrowed(visible, asked)
    ordered, field = browse.in_order(matching.for_cards(), asked["sort"])
    page = page_by_key(
        ordered, request, field=field, key="slug", after=asked["after"], size=SPECIES_PER_PAGE
    )
    browse.mark_cards(page.items)
    facets = browse.facets(request, visible, asked)
    context = {
        "form": form,
        "species": page.items,
        "facets": facets,
        "in_season": browse.in_season_now(facets),
        "selected": removals(facets),
        **browse.totals(matching),
        "view": asked["view"] or SpeciesFilterForm.View.GRID,
        "grid_url": replace_query(request, view=None),
        "list_url": replace_query(request, view=SpeciesFilterForm.View.LIST),
        "next_url": page.next_url,
        "first_url": page.first_url,
    }
    return render(request, "catalogue/species_list.html", context)


def record_or_404(request, slug: str) -> Species:
    """Return a whole record that this person may see. Raises Http404."""
    try:
        return records.read(Species.objects.visible_to(request.user), slug)
    except Species.DoesNotExist as error:
        raise Http404 from error


@require_safe
def species_detail(request, slug: str):
    """One species, with all that this person may see of it."""
    species = record_or_404(request, slug)
    return render(request, "catalogue/species_detail.html", species_context(species, request))


@require_safe
@cache_control(public=True, max_age=300)
@vary_on_headers("Cookie")
def plate(request, slug: str):
    """The drawing of one species, with its words in the language of `lang`."""
    species = record_or_404(request, slug)
    return HttpResponse(drawing.draw(species), content_type="image/svg+xml")
