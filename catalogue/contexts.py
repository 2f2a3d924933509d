"""What the home page shows beside its own words."""

from itertools import zip_longest

from django.db.models import Count

from catalogue import figures
from catalogue.models import Certificate, HomePage, Species, StoryPage
from catalogue.species_page import panels

SPECIES_ON_SHOW = 8
SPECIES_TO_CHOOSE_FROM = 40


def home_context(request, page: HomePage) -> dict:
    """Return what the home page shows beside its own words."""
    visible = Species.objects.visible_to(request.user)
    return {
        "species": _species_on_show(visible),
        **visible.aggregate(species_count=Count("pk"), family_count=Count("family", distinct=True)),
        "panels": panels("catalogue_home_panels", request),
        "stories": _stories(page),
    }


def _stories(page: HomePage):
    """Stories below a home page that everybody who sees it may read."""
    return StoryPage.objects.child_of(page).live().filter(view_restrictions__isnull=True)


def _species_on_show(visible) -> list[Species]:
    """Species with a valid certificate, which the province vouches for, of different parts used."""
    certified = visible.filter(pk__in=Certificate.objects.proving().values("species"))
    by_part: dict[str, list[Species]] = {}
    for species in certified.for_cards()[:SPECIES_TO_CHOOSE_FROM]:
        first = next(iter(species.parts.all()), None)
        by_part.setdefault(first.code if first else "", []).append(species)
    rounds = zip_longest(*by_part.values())
    on_show = [species for one_round in rounds for species in one_round if species]
    figures.put_on_cards(on_show[:SPECIES_ON_SHOW])
    return on_show[:SPECIES_ON_SHOW]
