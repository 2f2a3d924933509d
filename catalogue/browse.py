"""Browsing the collection: filters, their order, and facets whose own choice does not narrow
their counts."""

from collections.abc import Mapping

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail import hooks

from catalogue import figures
from catalogue.facets import QUESTIONS, SEASONS, count_months
from catalogue.forms import SpeciesFilterForm
from catalogue.models import Certificate, Season, Species, VernacularName
from catalogue.words import labels
from core.facets import Facet, FacetChoice, build_facets, count_together
from core.text import fold

# Column that orders the list; `by_family` is made by in_order.
ORDER = {
    SpeciesFilterForm.Sort.NAME: "sort_name",
    SpeciesFilterForm.Sort.SCIENTIFIC: "scientific_name",
    SpeciesFilterForm.Sort.FAMILY: "by_family",
    SpeciesFilterForm.Sort.CHANGED: "-changed_at",
}


def facet_words() -> dict[str, str]:
    """Return the facets' labels in the reader's language."""
    return {
        "on_sale": _("On sale"),
        "toxic": _("Poisonous"),
        "part": _("Part used"),
        "flowering": _("Flowering"),
        "fruiting": _("Fruiting"),
        "harvest": _("Harvest"),
        "habit": _("Life form"),
        "group": _("Strategic group"),
        "conservation": _("Conservation status"),
        "certificate": _("Certificate held"),
        "family": _("Family"),
        "genus": _("Genus"),
        "province": _("Province"),
    }


def narrowed(species: QuerySet[Species], cleaned: Mapping, but: str = "") -> QuerySet[Species]:
    """Return the species that match a filter form, leaving out the choice of one facet."""
    kept = [
        question.keep(cleaned[name])
        for name, question in QUESTIONS.items()
        if name != but and cleaned.get(name)
    ]
    return named(species.filter(*kept), cleaned.get("q", ""))


def named(species: QuerySet[Species], text: str) -> QuerySet[Species]:
    """Keep species one of whose names contains the text. Full search is the search app's."""
    if not text:
        return species
    folded = fold(text)
    other = VernacularName.objects.filter(species=OuterRef("pk"), folded_name__contains=folded)
    return species.filter(
        Q(sort_name__contains=folded) | Q(scientific_name__icontains=text) | Exists(other)
    )


def in_order(species: QuerySet[Species], sort: str) -> tuple[QuerySet[Species], str]:
    """Return the species and the column that orders them, for core.paging."""
    field = ORDER[sort or SpeciesFilterForm.Sort.NAME]
    if field == "by_family":
        species = species.annotate(by_family=Concat("family__name", Value(" "), "sort_name"))
    return species, field


def facets(request, species: QuerySet[Species], cleaned: Mapping) -> list[Facet]:
    """Return the facets of a browse page with their counts, in three queries."""
    asked = _asked(cleaned)
    picked = {name: cleaned.get(name, []) for name in asked}
    left = {name: narrowed(species, cleaned, but=name) for name in asked}
    counts = count_together(
        (name, rows) for name in asked for rows in QUESTIONS[name].count(left[name])
    ) | count_months({name: left[name] for name in SEASONS})
    return build_facets(
        request,
        asked=asked,
        counts={name: counts.get(name, {}) for name in asked},
        words=labels({name: {*counts.get(name, {}), *picked[name]} for name in asked}),
        picked=picked,
        shapes={name: QUESTIONS[name].shape for name in asked},
    )


def _asked(cleaned: Mapping) -> dict[str, str]:
    """The questions of this page: genera only within a family, for there are thousands."""
    words = facet_words()
    if not cleaned.get("family") and not cleaned.get("genus"):
        del words["genus"]
    return words


def in_season_now(built: list[Facet]) -> list[tuple[str, FacetChoice]]:
    """Return what happens this month: the question's label, and the choice of this month."""
    month = str(timezone.localdate().month)
    return [
        (facet.label, choice)
        for facet in built
        if facet.name in SEASONS
        for choice in facet.choices
        if choice.value == month and (choice.count or choice.selected)
    ]


def totals(species: QuerySet[Species]) -> dict[str, int]:
    """Return how many species these are (`total`), and how many of them flower this month."""
    month = timezone.localdate().month
    seasons = Season.objects.in_month(month).filter(kind=Season.Kind.FLOWERING)
    flowers = Exists(seasons.filter(species=OuterRef("pk")))
    return species.order_by().aggregate(total=Count("pk"), flowering=Count("pk", filter=Q(flowers)))


def mark_cards(species: list[Species]) -> None:
    """Note on each species its photograph, whether it is certified, and its lots on sale."""
    figures.put_on_cards(species)
    pks = [one.pk for one in species]
    proving = Certificate.objects.proving().filter(species__in=pks).order_by()
    certified = set(proving.values_list("species", flat=True))
    lots: dict[int, int] = {}
    for count in hooks.get_hooks("catalogue_count_lots"):
        lots |= count(pks)
    for one in species:
        one.certified = one.pk in certified
        one.on_sale_count = lots.get(one.pk, 0)
