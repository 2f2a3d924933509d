"""What the market shows on the museum's pages, when the museum asks."""

from django.db.models import Count, QuerySet, Sum, Window
from django.template.loader import render_to_string

from catalogue.models import Species
from market.models import Lot

LOTS_ON_SPECIES_PAGE = 6
LOTS_ON_HOME_PAGE = 4


def species_lots(species: Species, request) -> str:
    """Return the lots of a species that are on sale, as HTML."""
    on_sale = (
        Lot.objects.visible_to(request.user).sellable().filter(species=species.pk).of_one_species()
    )
    lots = list(on_sale.certified_first()[:LOTS_ON_SPECIES_PAGE])
    for lot in lots:
        lot.species = species  # already read, with its names
    context = {"species": species, "lots": lots}
    return render_to_string("market/includes/species_lots_panel.html", context, request)


def home_pulse(request) -> str:
    """Return the market in a few figures and its newest lots, as HTML."""
    # Windows are counted before the newest are cut off, so one query gives the sums as well.
    on_sale = Lot.objects.visible_to(request.user).sellable()
    with_sums = on_sale.for_rows().annotate(
        open_count=Window(Count("pk")), total_grams=Window(Sum("available_grams"))
    )
    latest = list(with_sums[:LOTS_ON_HOME_PAGE])
    context = {
        "lots": latest,
        "open_count": latest[0].open_count if latest else 0,
        "total_grams": int(latest[0].total_grams) if latest else 0,
    }
    return render_to_string("market/includes/home_panel.html", context, request)


def species_on_sale() -> QuerySet:
    """Return the keys of the species of which a buyer could order something now."""
    return Lot.objects.visible_to(None).sellable().order_by().values("species")


def count_lots(species_pks: list[int]) -> dict[int, int]:
    """Return how many lots of each species a buyer could order now."""
    rows = (
        Lot.objects.visible_to(None)
        .sellable()
        .filter(species__in=species_pks)
        .order_by()
        .values_list("species")
        .annotate(n=Count("pk"))
    )
    return dict(rows)
