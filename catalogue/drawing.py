"""The plate of a species: what it is drawn from, its words, and its address."""

from base64 import b64encode
from collections.abc import Iterable

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue import plates
from catalogue.models import Species, SpeciesTrait
from catalogue.plates.words import describe

KEEP_SECONDS = 7 * 24 * 3600


def answers(rows: Iterable[SpeciesTrait]) -> dict[str, list[str]]:
    """Return question → answers, as the drawing reads a record's traits."""
    traits: dict[str, list[str]] = {}
    for row in rows:
        traits.setdefault(_question(row), []).append(row.state.code)
    return traits


def words(species: Species) -> str:
    """Return the plate's text alternative, made from the traits it is drawn from."""
    facts: dict[str, list[str]] = {}
    for row in species.traits.all():
        facts.setdefault(_question_label(row), []).append(row.state.label)
    return describe(list(facts.items()), name=_("Plate of %(name)s") % {"name": species.title})


def draw(species: Species) -> str:
    """Return the plate of a record that was read with its traits, as SVG. Kept in the cache."""
    traits = answers(species.traits.all())
    parts = [part.code for part in species.parts.all()]
    name = plates.signature(traits, parts)
    key = f"plate:{name}:{species.slug}:{get_language()}"
    return cache.get_or_set(
        key,
        lambda: plates.draw(
            traits, parts, title=species.scientific_name, description=words(species)
        ),
        KEEP_SECONDS,
    )


def address(species: Species) -> str:
    """Return the address of a stored record's plate, with its words in the reader's language."""
    return f"{reverse('plate', args=[species.slug])}?lang={get_language()}"


def inline(species: Species) -> str:
    """Return the plate as an address that carries it, for a draft that nobody can fetch."""
    return "data:image/svg+xml;base64," + b64encode(draw(species).encode()).decode()


def _question(row: SpeciesTrait) -> str:
    return getattr(row, "trait_code", None) or row.state.trait.code


def _question_label(row: SpeciesTrait) -> str:
    return getattr(row, "trait_label", None) or row.state.trait.label
