"""The published records one after the other, in bounded memory.

A chunk of species is read by key, and each of their small tables in one query for the chunk. What
decides what the public may know – places and lists – comes as instances, because the rules ask for
them; everything else as plain tuples, which cost a tenth.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Model, Q, QuerySet, prefetch_related_objects

from catalogue.exports.shelf import Shelf
from catalogue.models import (
    ConservationStatus,
    Distribution,
    Figure,
    Marker,
    Species,
    SpeciesText,
    SpeciesTrait,
    Synonym,
    VernacularName,
)
from catalogue.places import is_withheld, public_places
from core.children import hold
from media.models import MediaFile

CHUNK = 2000
HABIT, HABITAT = "habit", "habitat"
# The order of the editor's form; databases do not agree on where a row without a number stands.
IN_ORDER = (F("sort_order").asc(nulls_first=True), "pk")
WORKS_ORDER = ("reference__author", "reference__year", "reference")

# Of a record itself; the dates of its publication alone would cost a tenth of the whole build.
OWN = (
    "slug", "scientific_name", "authorship", "rank", "genus", "family_id", "is_toxic",
    "is_demonstration", "elevation_min_m", "elevation_max_m", "changed_at",
)  # fmt: skip
NAMES = ("name", "language", "kind", "commune", "source", "locator")
SYNONYMS = ("name", "authorship", "kind")
TEXTS = (
    "language",
    "description",
    "habitat",
    "uses",
    "contraindications",
    "cautions",
    "look_alikes",
)
MARKERS = (
    "pk", "part", "compound", "bound", "limit", "unit", "basis", "edition", "method", "source",
    "locator",
)  # fmt: skip


@dataclass
class Record:
    """One published species with its rows as the public may have them."""

    species: Species
    ranks: tuple[str, ...]
    names: list[tuple] = field(default_factory=list)
    synonyms: list[tuple] = field(default_factory=list)
    texts: list[tuple] = field(default_factory=list)
    traits: dict[str, list[str]] = field(default_factory=dict)
    markers: list[tuple] = field(default_factory=list)
    works: list[int] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    places: list[Distribution] = field(default_factory=list)
    lists: list[ConservationStatus] = field(default_factory=list)
    is_threatened: bool = False
    is_withheld: bool = False

    def name_in(self, language: str) -> str:
        """Return the preferred common name in a language (ISO 639-3), or nothing."""
        for name, spoken, kind, *_more in self.names:
            if spoken == language and kind == VernacularName.Kind.VERNACULAR:
                return name
        return ""


def published(
    shelf: Shelf, progress: Callable[[int], None] = lambda done: None
) -> Iterator[Record]:
    """Yield every record that everybody may see, in the order in which they were made.

    `progress` is told how many more were read, chunk by chunk.
    """
    last = 0
    visible = Species.objects.visible_to(None).only(*OWN).order_by("pk")
    while chunk := list(visible.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1].pk
        yield from _records(chunk, shelf)
        progress(len(chunk))


def _records(chunk: list[Species], shelf: Shelf) -> Iterator[Record]:
    threatened = _attach(chunk)
    wanted = [species.pk for species in chunk]
    names = _rows(VernacularName, wanted, *NAMES)
    synonyms = _rows(Synonym, wanted, *SYNONYMS)
    texts = _rows(SpeciesText, wanted, *TEXTS, order=("pk",))
    traits = _traits(wanted, shelf)
    markers = _rows(Marker, wanted, *MARKERS, limit__isnull=False)
    works = _rows(Species.references.through, wanted, "reference", order=WORKS_ORDER)
    parts = _rows(Species.parts.through, wanted, "part", order=("part__position", "part"))
    figures = _figures(wanted, shelf)
    for species in chunk:
        key = species.pk
        yield Record(
            species=species,
            ranks=shelf.ranks[species.family_id],
            names=names[key],
            synonyms=synonyms[key],
            texts=texts[key],
            traits=traits[key],
            markers=markers[key],
            works=[work for (work,) in works[key]],
            figures=figures[key],
            parts=[shelf.parts[part] for (part,) in parts[key]],
            places=public_places(species),
            lists=list(species.conservation.all()),
            is_threatened=key in threatened,
            is_withheld=key in threatened and is_withheld(species),
        )


def _attach(chunk: list[Species]) -> set[int]:
    """Give each species its places and lists; return which of the species are threatened."""
    for name, model in (("distribution", Distribution), ("conservation", ConservationStatus)):
        found: dict[int, list] = {species.pk: [] for species in chunk}
        for row in model.objects.filter(species__in=list(found)).order_by(*IN_ORDER):
            found[row.species_id].append(row)
        for species in chunk:
            hold(species, name, QuerySet(model), found[species.pk])
    threatened = [species for species in chunk if species.is_threatened]
    # Only of these are places copied, with what they point at.
    places = []
    for species in threatened:
        for place in species.distribution.all():
            place.species = species
            places.append(place)
    prefetch_related_objects(places, "province", "source")
    return {species.pk for species in threatened}


def _rows(
    model: type[Model],
    wanted: list[int],
    *columns: str,
    order: tuple = IN_ORDER,
    **only: Any,
) -> dict[int, list[tuple]]:
    """Return species → rows of a table in their order, as plain tuples, in one query."""
    found: dict[int, list[tuple]] = defaultdict(list)
    rows = model._default_manager.filter(species__in=wanted, **only).order_by(*order)
    for key, *values in rows.values_list("species_id", *columns):
        found[key].append(tuple(values))
    return found


def _traits(wanted: list[int], shelf: Shelf) -> dict[int, dict[str, list[str]]]:
    """Return species → question → answers in words, of the questions that the archive asks."""
    found: dict[int, dict[str, list[str]]] = defaultdict(dict)
    asked = _rows(
        SpeciesTrait, wanted, "state", order=("pk",), state__trait__code__in=(HABIT, HABITAT)
    )
    for key, rows in asked.items():
        for (state,) in rows:
            question, answer = shelf.states[state]
            found[key].setdefault(question, []).append(answer)
    return found


def _figures(wanted: list[int], shelf: Shelf) -> dict[int, list[Figure]]:
    """Return species → figures that everybody may see: not locked away, nobody heard against
    their will. Documents are not figures of a plant."""
    open_image = Q(image__isnull=False) & ~Q(image__collection__in=shelf.closed_collections)
    found: dict[int, list[Figure]] = defaultdict(list)
    figures = Figure.objects.filter(
        open_image | Q(file__in=MediaFile.objects.with_consent()), species__in=wanted
    )
    for figure in figures.select_related("image", "file").prefetch_related(
        "image__texts", "file__texts"
    ):
        found[figure.species_id].append(figure)
    return found
