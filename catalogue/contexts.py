"""What the museum's pages show, put together once for views, previews and Wagtail pages."""

from itertools import groupby, zip_longest

from django.conf import settings
from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wagtail import hooks

from catalogue.models import Certificate, HomePage, KnowledgeRecord, Species, StoryPage
from catalogue.models.species import NAME_LANGUAGE

SPECIES_ON_SHOW = 8
SPECIES_TO_CHOOSE_FROM = 40

# ISO 639-3 codes of the languages names are recorded in; unknown ones show their code.
LANGUAGE_NAMES = {
    "vie": lambda: _("Vietnamese"),
    "eng": lambda: _("English"),
    "lat": lambda: _("Latin"),
    "zho": lambda: _("Chinese"),
}


def panels(name: str, *args) -> list[str]:
    """Ask the apps above for their panels: safe HTML, empty answers left out."""
    return [html for html in (answer(*args) for answer in hooks.get_hooks(name)) if html]


def names_by_language(species: Species) -> list[dict]:
    """Return the names grouped by language, the reader's own language first."""
    own = NAME_LANGUAGE.get((get_language() or "vi")[:2], "vie")
    order = list(dict.fromkeys([own, "vie", "eng"]))
    names = list(species.names.all())
    rank = {code: place for place, code in enumerate(order)}
    names.sort(key=lambda name: (rank.get(name.language, len(order)), name.language))
    return [
        {
            "language": LANGUAGE_NAMES.get(code, lambda code=code: code)(),
            "bcp47": members[0].bcp47,
            "names": members,
        }
        for code, group in groupby(names, key=lambda name: name.language)
        if (members := list(group))
    ]


def species_context(species: Species, request) -> dict:
    """Return everything the species page shows this person."""
    certificates = (
        Certificate.objects.visible_to(request.user)
        .valid()
        .filter(species=species.pk)
        .select_related("establishment")
        .order_by("standard", "-expires_on")
    )
    knowledge = (
        KnowledgeRecord.objects.visible_to(request.user).filter(species=species.pk).for_record()
    )
    return {
        "species": species,
        "text": species.text,
        "names_by_language": names_by_language(species),
        "certificates": certificates,
        "knowledge": knowledge,
        "panels": panels("catalogue_species_panels", species, request),
        "cite": f"{settings.BASE_URL}{species.get_absolute_url()}",
    }


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
    certified = visible.filter(pk__in=Certificate.objects.valid().values("species"))
    by_part: dict[str, list[Species]] = {}
    for species in certified.for_cards()[:SPECIES_TO_CHOOSE_FROM]:
        first = next(iter(species.parts.all()), None)
        by_part.setdefault(first.code if first else "", []).append(species)
    rounds = zip_longest(*by_part.values())
    return [species for one_round in rounds for species in one_round if species][:SPECIES_ON_SHOW]
