"""Browsing the collection: filters, and facets whose own choice does not narrow their counts."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from catalogue.models import Species, VernacularName
from catalogue.words import labels
from core.facets import Facet, build_facet
from core.text import fold

# facet name → path to the code of its value
FACETS = {
    "family": "family__code",
    "part": "parts__code",
    "group": "groups__code",
    "province": "provinces__code",
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
    counts = {
        name: _counts(narrowed(species, cleaned, but=name), path) for name, path in FACETS.items()
    }
    picked = {name: cleaned.get(name, []) for name in FACETS}
    words = labels({name: {*counts[name], *picked[name]} for name in FACETS})
    asked = facet_words()
    return [
        build_facet(
            request,
            name=name,
            label=asked[name],
            counts=counts[name],
            labels=words[name],
            selected=picked[name],
        )
        for name in FACETS
    ]


def _counts(species: QuerySet[Species], path: str) -> dict[str, int]:
    rows = (
        species.order_by()
        .filter(**{f"{path}__isnull": False})
        .values_list(path)
        .annotate(n=Count("pk", distinct=True))
    )
    return dict(rows)
