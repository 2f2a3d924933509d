"""Browsing the collection: filters, and facets whose own choice does not narrow their counts."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from catalogue.models import Species, VernacularName
from catalogue.words import labels
from core.facets import Facet, build_facets, count_values
from core.text import fold

# facet name → path to the code of its value
FACETS = {
    "family": "family__code",
    "part": "parts__code",
    "group": "groups__code",
    "province": "distribution__province__code",
}


def facet_words() -> dict[str, str]:
    """Return the facets' labels in the reader's language."""
    return {
        "family": _("Family"),
        "part": _("Part used"),
        "group": _("Strategic group"),
        "province": _("Province"),
    }


def narrowed(species: QuerySet[Species], cleaned: dict, but: str = "") -> QuerySet[Species]:
    """Return the species that match a filter form, leaving out the choice of one facet."""
    for name, path in FACETS.items():
        if name != but and cleaned.get(name):
            matching = Species.objects.filter(**{f"{path}__in": cleaned[name]}).values("pk")
            species = species.filter(pk__in=matching)
    return named(species, cleaned.get("q", ""))


def named(species: QuerySet[Species], text: str) -> QuerySet[Species]:
    """Keep species one of whose names contains the text. Full search is the search app's."""
    if not text:
        return species
    folded = fold(text)
    other = VernacularName.objects.filter(species=OuterRef("pk"), folded_name__contains=folded)
    return species.filter(
        Q(sort_name__contains=folded) | Q(scientific_name__icontains=text) | Exists(other)
    )


def facets(request, species: QuerySet[Species], cleaned: dict) -> list[Facet]:
    """Return the facets of a browse page with their counts."""
    picked = {name: cleaned.get(name, []) for name in FACETS}
    counts = {
        name: count_values(narrowed(species, cleaned, but=name), path)
        for name, path in FACETS.items()
    }
    words = labels({name: {*counts[name], *picked[name]} for name in FACETS})
    return build_facets(request, asked=facet_words(), counts=counts, words=words, picked=picked)
