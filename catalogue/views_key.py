"""Pages that lead from a plant to its name: the identification key, and species side by side."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue import browse, compare, records
from catalogue.forms import CompareForm, KeyForm
from catalogue.identification import Identification, questions
from catalogue.models import Species, Trait
from core.paging import replace_query

MATCHES = 8
# More than one can choose here, so that an address with wrong names in it still finds the others.
SLUGS_READ = 12


@require_safe
def species_key(request):
    """Identify a plant by answering questions in any order."""
    traits = questions()
    form = KeyForm(request.GET, traits=traits)
    if not form.is_valid():
        return render(request, "catalogue/key.html", {"form": form}, status=400)
    step = Identification(
        path=request.path,
        visible=Species.objects.visible_to(request.user),
        traits=traits,
        picked=form.answers(),
    )
    return render(request, "catalogue/key.html", {"form": form, "step": step})


@require_safe
def species_compare(request):
    """Show two to four species side by side."""
    form = CompareForm(request.GET)
    if not form.is_valid():
        return render(request, "catalogue/compare.html", {"form": form}, status=400)
    visible = Species.objects.visible_to(request.user)
    asked = list(dict.fromkeys(form.cleaned_data["s"]))[:SLUGS_READ]
    known = set(visible.filter(slug__in=asked).values_list("slug", flat=True)) if asked else set()
    found = [slug for slug in asked if slug in known]
    chosen = [records.read(visible, slug) for slug in found[: compare.MOST]]
    context = _comparison(request, form, chosen)
    context |= {
        "unknown": [slug for slug in asked if slug not in known],
        "too_many": found[compare.MOST :],
        "matches": _matches(request, visible, form.cleaned_data["q"], chosen),
    }
    return render(request, "catalogue/compare.html", context)


def _comparison(request, form: CompareForm, chosen: list[Species]) -> dict:
    slugs = [one.slug for one in chosen]
    for one in chosen:
        one.is_dangerous = compare.is_dangerous(one)
        one.remove_url = replace_query(request, q=None, s=[s for s in slugs if s != one.slug])
    only = form.cleaned_data["only"]
    sections = compare.sections(chosen, Trait.objects.labelled()) if len(chosen) > 1 else []
    return {
        "form": form,
        "species": chosen,
        "sections": compare.only_differences(sections) if only else sections,
        "only": only,
        "differences": compare.count_of_differences(sections),
        "toggle_url": replace_query(request, q=None, only=None if only else "differences"),
        "mistaken": compare.mistaken_pairs(chosen),
        "poisonous": [one for one in chosen if one.is_dangerous],
        "suggestions": _with_add_url(request, chosen, compare.suggestions(chosen)),
        "is_full": len(chosen) >= compare.MOST,
    }


def _matches(request, visible, text: str, chosen: list[Species]) -> list[Species]:
    """Return the species that a search for one more plant finds, each with its address."""
    if not text or len(chosen) >= compare.MOST:
        return []
    others = visible.exclude(pk__in=[one.pk for one in chosen])
    matches = browse.named(others, text).prefetch_related("names")[:MATCHES]
    return _with_add_url(request, chosen, matches)


def _with_add_url(request, chosen: list[Species], others) -> list[Species]:
    slugs = [one.slug for one in chosen]
    others = list(others)
    for one in others:
        one.add_url = replace_query(request, q=None, s=[*slugs, one.slug])
    return others
