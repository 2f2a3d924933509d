"""Controlled words of every kind, the traits, the glossary, and the works that are cited."""

from django.conf import settings
from django.db import transaction

from catalogue.models import (
    Compound,
    Family,
    GlossaryEntry,
    GlossaryText,
    HigherTaxon,
    Language,
    Part,
    PreparationForm,
    Reference,
    StrategicGroup,
    Trait,
    TraitState,
)
from catalogue.services.loading.files import DATA_DIR, entry_of, read_yaml
from core.text import slug

# model, section of the file, fields of its own that an entry gives
_PLAIN = [
    (Part, "parts", ()),
    (StrategicGroup, "groups", ()),
    (PreparationForm, "forms", ()),
    (Compound, "compounds", ()),
    (Language, "languages", ("endonym",)),
]


@transaction.atomic
def load_vocabulary() -> int:
    """Load the terms that are not there yet; return how many were added."""
    words = read_yaml(DATA_DIR / "vocabulary.yaml")
    added = sum(_load_terms(model, words[section], own) for model, section, own in _PLAIN)
    return added + _load_higher_taxa(words["higher_taxa"]) + _load_families(words["families"])


def _load_terms(model, entries: list[dict], own_fields: tuple = ()) -> int:
    known = set(model.objects.values_list("code", flat=True))
    added = 0
    for position, entry in enumerate(entries):
        with entry_of(f"vocabulary.yaml, {entry.get('code')}"):
            if entry["code"] in known:
                continue
            own = {field: entry[field] for field in own_fields}
            term = model.objects.create(code=entry["code"], position=position, **own)
            _label(term, entry)
        added += 1
    return added


def _label(term, entry: dict, **more) -> None:
    """Give a term its label in each language that the entry has."""
    label_model = term._meta.get_field("labels").related_model
    label_model.objects.bulk_create(
        label_model(
            term=term,
            language=code,
            text=entry[code],
            **{field: texts[code] for field, texts in more.items()},
        )
        for code, _name in settings.LANGUAGES
        if code in entry
    )


def _load_higher_taxa(entries: list[dict]) -> int:
    """Load ranks above the family; each stands behind the one it belongs to."""
    known = {taxon.code: taxon for taxon in HigherTaxon.objects.all()}
    added = 0
    for position, entry in enumerate(entries):
        with entry_of(f"vocabulary.yaml, {entry.get('code')}"):
            if entry["code"] in known:
                continue
            taxon = HigherTaxon.objects.create(
                code=entry["code"],
                name=entry["name"],
                rank=entry["rank"],
                parent=known[entry["parent"]] if entry["parent"] else None,
                position=position,
            )
            known[taxon.code] = taxon
            _label(taxon, entry)
        added += 1
    return added


def _load_families(entries: list[dict]) -> int:
    """Load the families; one that is there without an order is given it."""
    orders = {taxon.code: taxon for taxon in HigherTaxon.objects.filter(rank="order")}
    known = {family.code: family for family in Family.objects.all()}
    added = 0
    for position, entry in enumerate(entries):
        with entry_of(f"vocabulary.yaml, {entry.get('name')}"):
            code, order = slug(entry["name"]), orders[entry["order"]]
            if code in known:
                Family.objects.filter(pk=known[code].pk, order=None).update(order=order)
                continue
            family = Family.objects.create(
                code=code, name=entry["name"], order=order, position=position
            )
            _label(family, entry)
        added += 1
    return added


@transaction.atomic
def load_traits() -> int:
    """Load the questions and answers that are not there yet; return how many were added."""
    added = 0
    for position, entry in enumerate(read_yaml(DATA_DIR / "traits.yaml")):
        with entry_of(f"traits.yaml, {entry.get('code')}"):
            trait, is_new = Trait.objects.get_or_create(
                code=entry["code"], defaults={"position": position}
            )
            if is_new:
                _label(trait, entry, question=entry["question"], help=entry["help"])
            known = set(trait.states.values_list("code", flat=True))
            for place, answer in enumerate(entry["states"]):
                if answer["code"] in known:
                    continue
                state = TraitState.objects.create(trait=trait, code=answer["code"], position=place)
                _label(state, answer)
                added += 1
        added += is_new
    return added


@transaction.atomic
def load_glossary() -> int:
    """Load the glossary entries that are not there yet; return how many were added."""
    known = set(GlossaryEntry.objects.values_list("code", flat=True))
    added = 0
    for entry in read_yaml(DATA_DIR / "glossary.yaml"):
        with entry_of(f"glossary.yaml, {entry.get('code')}"):
            if entry["code"] in known:
                continue
            record = GlossaryEntry.objects.create(code=entry["code"])
            GlossaryText.objects.bulk_create(
                GlossaryText(
                    entry=record,
                    language=code,
                    term=entry[code]["term"],
                    also=", ".join(entry[code]["also"]),
                    definition=entry[code]["definition"],
                )
                for code, _name in settings.LANGUAGES
                if code in entry
            )
        added += 1
    return added


@transaction.atomic
def load_references() -> int:
    """Load the works that are not there yet; return how many were added."""
    known = set(Reference.objects.values_list("code", flat=True))
    works = [
        Reference(code=entry.pop("id"), **entry)
        for entry in read_yaml(DATA_DIR / "references.yaml")
        if entry["id"] not in known
    ]
    Reference.objects.bulk_create(works)
    return len(works)
