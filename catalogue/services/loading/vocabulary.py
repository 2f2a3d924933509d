"""Families, parts, strategic groups and the works that are cited."""

from django.conf import settings
from django.db import transaction

from catalogue.models import (
    Family,
    FamilyLabel,
    Part,
    PartLabel,
    Reference,
    StrategicGroup,
    StrategicGroupLabel,
)
from catalogue.services.loading.files import DATA_DIR, read_yaml
from core.text import slug


@transaction.atomic
def load_vocabulary() -> int:
    """Load the terms that are not there yet; return how many were added."""
    words = read_yaml(DATA_DIR / "vocabulary.yaml")
    families = [entry | {"code": slug(entry["name"])} for entry in words["families"]]
    return (
        _load_terms(Part, PartLabel, words["parts"])
        + _load_terms(StrategicGroup, StrategicGroupLabel, words["groups"])
        + _load_terms(Family, FamilyLabel, families, own_fields=("name",))
    )


def _load_terms(model, label_model, entries: list[dict], own_fields: tuple = ()) -> int:
    known = set(model.objects.values_list("code", flat=True))
    added = 0
    for position, entry in enumerate(entries):
        if entry["code"] in known:
            continue
        own = {field: entry[field] for field in own_fields}
        term = model.objects.create(code=entry["code"], position=position, **own)
        label_model.objects.bulk_create(
            label_model(term=term, language=code, text=entry[code])
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
