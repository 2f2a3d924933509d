"""Reads a whole species record, with all its small tables, in a fixed number of queries."""

from django.apps import apps
from django.db.models import Expression, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from catalogue.models import (
    ConservationStatus,
    Distribution,
    Figure,
    LookAlike,
    Marker,
    Part,
    Preparation,
    Reference,
    Season,
    Species,
    SpeciesText,
    SpeciesTrait,
    StrategicGroup,
    Synonym,
    TraitLabel,
    VernacularName,
)
from catalogue.models.species import NAME_LANGUAGE
from core.children import Rows, gather
from core.languages import in_language

SOURCE: dict[str, dict] = {"source": {}}


def read(visible: QuerySet[Species], slug: str) -> Species:
    """Return a record with everything that belongs to it, in two queries.

    Raises Species.DoesNotExist when no visible species has this slug.
    """
    labels = apps.get_model("catalogue", "FamilyLabel").objects
    species = (
        visible.select_related("family__order__parent__parent__parent")
        .annotate(family_label=in_language(labels, "text", of="term", record="family"))
        .get(slug=slug)
    )
    species.family.shown_label = species.family_label
    gather(species, _children(species))
    _mark_preferred(species)
    for place in species.distribution.all():
        if place.commune:
            place.commune.province = place.province
    return species


def _mark_preferred(species: Species) -> None:
    """The first common name of each language is the preferred one."""
    seen: set[str] = set()
    for name in species.names.all():
        is_common = name.kind == VernacularName.Kind.VERNACULAR
        name.is_preferred = is_common and name.language not in seen
        seen |= {name.language} if is_common else set()


def _children(species: Species) -> dict[str, Rows]:
    own = {"species": species.pk}
    return {
        "names": Rows(
            VernacularName.objects.filter(**own), SOURCE | {"commune": {}, "recording": {}}
        ),
        "synonyms": Rows(Synonym.objects.filter(**own)),
        "texts": Rows(SpeciesText.objects.filter(**own)),
        "parts": Rows(Part.objects.labelled().filter(**own)),
        "groups": Rows(StrategicGroup.objects.labelled().filter(**own)),
        "references": Rows(Reference.objects.filter(**own)),
        "look_alikes": Rows(
            LookAlike.objects.filter(**own),
            {"other": {"shown_title": title_of("other"), "vernacular": vietnamese_of("other")}},
        ),
        "taken_for": Rows(
            LookAlike.objects.filter(other=species.pk, species__live=True),
            {"species": {"shown_title": title_of("species")}},
        ),
        "traits": Rows(
            SpeciesTrait.objects.filter(**own).annotate(
                trait_code=F("state__trait__code"),
                trait_position=F("state__trait__position"),
                trait_label=in_language(
                    TraitLabel.objects, "text", of="term", record="state__trait"
                ),
            ),
            {"state": _label("state", "TraitState")},
        ),
        "preparations": Rows(
            Preparation.objects.filter(**own),
            SOURCE | {"part": _label("part", "Part"), "form": _label("form", "PreparationForm")},
        ),
        "markers": Rows(
            Marker.objects.filter(**own),
            SOURCE | {"part": _label("part", "Part"), "compound": _label("compound", "Compound")},
        ),
        "seasons": Rows(Season.objects.filter(**own), SOURCE | {"part": _label("part", "Part")}),
        "distribution": Rows(
            Distribution.objects.filter(**own), SOURCE | {"province": {}, "commune": {}}
        ),
        "conservation": Rows(ConservationStatus.objects.filter(**own), SOURCE),
        "figures": Rows(Figure.objects.filter(**own), {"image": {}, "file": {}, "document": {}}),
    }


def _label(key: str, model: str) -> dict[str, Expression]:
    """Return the label in the reader's language of the term that a foreign key names."""
    labels = apps.get_model("catalogue", f"{model}Label").objects
    return {"shown_label": in_language(labels, "text", of="term", record=key)}


def title_of(key: str) -> Expression:
    """Return a species' name in the reader's language, as Species.title says it."""
    own = NAME_LANGUAGE.get((get_language() or "vi")[:2], "vie")
    return Coalesce(_name_in(own, key), vietnamese_of(key), F(f"{key}__scientific_name"))


def vietnamese_of(key: str) -> Expression:
    """Return the preferred Vietnamese name of the species that a foreign key names."""
    return _name_in("vie", key)


def _name_in(language: str, key: str) -> Subquery:
    names = VernacularName.objects.filter(
        Q(species=OuterRef(key)), language=language, kind=VernacularName.Kind.VERNACULAR
    )
    return Subquery(names.order_by("sort_order", "pk").values("name")[:1])
