"""Species records, one readable file each."""

from django.db import transaction

from catalogue.models import (
    Family,
    LookAlike,
    Part,
    Province,
    Reference,
    Species,
    SpeciesText,
    StrategicGroup,
    Synonym,
    VernacularName,
)
from catalogue.services.loading.files import DATA_DIR, checked, entry_of, found, read_yaml


def load_species() -> int:
    """Load and publish the species that are not there yet; return how many were added."""
    known = set(Species.objects.values_list("slug", flat=True))
    words = _Words()
    added = 0
    for path in sorted((DATA_DIR / "species").glob("*.yaml")):
        if path.stem in known:
            continue
        with transaction.atomic(), entry_of(path.name):
            _create(read_yaml(path), words).save_revision().publish()
        added += 1
    return added


class _Words:
    """The vocabulary a species file may use, read once."""

    def __init__(self):
        self.families = {family.name: family for family in Family.objects.all()}
        self.parts = {part.code: part for part in Part.objects.all()}
        self.groups = {group.code: group for group in StrategicGroup.objects.all()}
        self.provinces = {province.code: province for province in Province.objects.all()}
        self.references = {work.code: work for work in Reference.objects.all()}


def _create(entry: dict, words: _Words) -> Species:
    accepted = entry["accepted"]
    species = Species(
        slug=entry["slug"],
        scientific_name=accepted["name"],
        authorship=accepted["authorship"],
        rank=accepted["rank"],
        family=words.families[entry["family"]],
        trade=entry["trade"],
        is_demonstration=True,
        live=False,
    )
    # The first name of a language is the preferred one.
    names = sorted(entry["names"], key=lambda name: not name["preferred"])
    species.names = [
        VernacularName(
            name=name["name"],
            language=name["language"],
            kind=name["kind"],
            source=words.references[name["source"]],
            sort_order=position,
        )
        for position, name in enumerate(names)
    ]
    species.synonyms = [
        Synonym(sort_order=position, **synonym)
        for position, synonym in enumerate(entry["synonyms"])
    ]
    species.look_alikes = [
        LookAlike(
            scientific_name=other["name"],
            authorship=other["authorship"],
            vernacular=other["vernacular"] or "",
            is_toxic=other["toxic"],
            sort_order=position,
        )
        for position, other in enumerate(entry["look_alikes"])
    ]
    species.texts = [
        SpeciesText(language=language, **{key: text.strip() for key, text in texts.items()})
        for language, texts in entry["texts"].items()
    ]
    species.parts = found(words.parts, entry["parts"])
    species.groups = found(words.groups, entry["groups"])
    species.provinces = found(words.provinces, entry["provinces"])
    species.references = found(words.references, entry["references"])
    checked(species).save()
    return species
