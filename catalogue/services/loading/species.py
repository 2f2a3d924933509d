"""Species records, one readable file each."""

from django.db import transaction

from catalogue.models import (
    Commune,
    Compound,
    ConservationStatus,
    Distribution,
    Family,
    LookAlike,
    Marker,
    Part,
    Preparation,
    PreparationForm,
    Province,
    Reference,
    Season,
    Species,
    SpeciesText,
    SpeciesTrait,
    StrategicGroup,
    Synonym,
    TraitState,
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
    _join_look_alikes()
    return added


def _join_look_alikes() -> None:
    """Let look-alikes that have a record of their own point at it, whichever was loaded first."""
    by_name = dict(Species.objects.values_list("scientific_name", "pk"))
    for row in LookAlike.objects.filter(other=None, scientific_name__in=by_name):
        if by_name[row.scientific_name] != row.species_id:
            row.other_id = by_name[row.scientific_name]
            row.save(update_fields=["other"])


class _Words:
    """The vocabulary a species file may use, read once."""

    def __init__(self):
        self.families = {family.name: family for family in Family.objects.all()}
        self.parts = {part.code: part for part in Part.objects.all()}
        self.groups = {group.code: group for group in StrategicGroup.objects.all()}
        self.forms = {form.code: form for form in PreparationForm.objects.all()}
        self.compounds = {compound.code: compound for compound in Compound.objects.all()}
        self.provinces = {province.code: province for province in Province.objects.all()}
        self.communes = Commune.objects.in_bulk()
        self.references = {work.code: work for work in Reference.objects.all()}
        self.states = {
            (state.trait.code, state.code): state
            for state in TraitState.objects.select_related("trait")
        }


def _create(entry: dict, words: _Words) -> Species:
    accepted = entry["accepted"]
    elevation = entry.get("elevation") or {}
    species = Species(
        slug=entry["slug"],
        scientific_name=accepted["name"],
        authorship=accepted["authorship"],
        rank=accepted["rank"],
        family=words.families[entry["family"]],
        is_toxic=entry["is_toxic"],
        elevation_min_m=elevation.get("min"),
        elevation_max_m=elevation.get("max"),
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
    species.traits = [
        SpeciesTrait(state=words.states[trait, answer])
        for trait, answers in entry["traits"].items()
        for answer in answers
    ]
    for relation, rows in _facts(entry, words).items():
        setattr(species, relation, rows)
    species.texts = [
        SpeciesText(language=language, **{key: text.strip() for key, text in texts.items()})
        for language, texts in entry["texts"].items()
    ]
    species.parts = found(words.parts, entry["parts"])
    species.groups = found(words.groups, entry["groups"])
    species.references = found(words.references, entry["references"])
    checked(species).save()
    return species


def _facts(entry: dict, words: _Words) -> dict[str, list]:
    """Return the facts with a source of their own, by relation."""

    def common(position: int, row: dict) -> dict:
        source = words.references[row["source"]]
        return {"source": source, "locator": row.get("locator", ""), "sort_order": position}

    return {
        "seasons": [
            Season(
                kind=row["kind"],
                first_month=row["first"],
                last_month=row["last"],
                part=words.parts[row["part"]] if row.get("part") else None,
                **common(position, row),
            )
            for position, row in enumerate(entry["seasons"])
        ],
        "distribution": [
            Distribution(
                province=words.provinces[row["province"]] if "province" in row else None,
                commune=words.communes[row["commune"]] if "commune" in row else None,
                area_code=row.get("area", ""),
                status=row["status"],
                means=row["means"],
                **common(position, row),
            )
            for position, row in enumerate(entry["distribution"])
        ],
        "conservation": [
            ConservationStatus(
                authority=row["authority"],
                edition=row["edition"],
                category=row["category"],
                criteria=row["criteria"],
                year=row["year"],
                scope=row["scope"],
                name_as_assessed=row["name"],
                **common(position, row),
            )
            for position, row in enumerate(entry["conservation"])
        ],
        "preparations": [
            Preparation(
                part=words.parts[row["part"]],
                form=words.forms[row["form"]],
                **common(position, row),
            )
            for position, row in enumerate(entry["preparations"])
        ],
        "markers": [
            Marker(
                part=words.parts[row["part"]],
                compound=words.compounds[row["compound"]],
                **common(position, row),
            )
            for position, row in enumerate(entry["compounds"])
        ],
    }
