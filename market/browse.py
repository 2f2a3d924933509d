"""Browsing the market: filters, facets and order of the lots on sale."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from catalogue.models import Species
from catalogue.words import labels
from core.facets import Facet, build_facets, count_values, may_be_shown
from core.text import fold
from market.forms import LotFilterForm
from market.models import Lot

# facet name → path to the code of its value
FACETS = {
    "species": "species__slug",
    "part": "part__code",
    "form": "form",
    "province": "areas__commune__province",
}

ORDER = {
    LotFilterForm.Sort.NEWEST: "-published_at",
    LotFilterForm.Sort.CHEAPEST: "price_minor_per_kg",
    LotFilterForm.Sort.DEAREST: "-price_minor_per_kg",
    LotFilterForm.Sort.MOST: "-available_grams",
}


def narrowed(lots: QuerySet[Lot], cleaned: dict, but: str = "") -> QuerySet[Lot]:
    """Return the lots that match a filter form, leaving out the choice of one facet."""
    for name, path in FACETS.items():
        if name != but and cleaned.get(name):
            matching = Lot.objects.filter(**{f"{path}__in": cleaned[name]}).values("pk")
            lots = lots.filter(pk__in=matching)
    if cleaned.get("certified"):
        lots = lots.certified()
    if text := cleaned.get("q"):
        lots = lots.filter(
            Q(code__icontains=text)
            | Q(species__sort_name__contains=fold(text))
            | Q(species__scientific_name__icontains=text)
        )
    return lots


def facets(request, lots: QuerySet[Lot], cleaned: dict) -> list[Facet]:
    """Return the facets of the market with their counts."""
    picked = {name: cleaned.get(name, []) for name in FACETS}
    counts = {
        name: count_values(narrowed(lots, cleaned, but=name), path) for name, path in FACETS.items()
    }
    values = {name: may_be_shown(counts[name], picked[name]) for name in FACETS}
    words = labels({name: values[name] for name in ("part", "province")}) | {
        "species": _species_labels(values["species"]),
        "form": dict(Lot.Form.choices),
    }
    asked = {
        "species": _("Species"),
        "part": _("Part used"),
        "form": _("Form"),
        "province": _("Province"),
    }
    return build_facets(request, asked=asked, counts=counts, words=words, picked=picked)


def _species_labels(slugs: Collection[str]) -> dict[str, str]:
    species = Species.objects.filter(slug__in=slugs).prefetch_related("names")
    return {one.slug: one.title for one in species}
