"""Demonstration knowledge records: what published programmes say, and nothing else."""

from datetime import date

from django.db import transaction

from catalogue.models import (
    Community,
    CommunityText,
    Consent,
    KnowledgeRecord,
    KnowledgeText,
    Reference,
    Species,
)
from catalogue.services.loading.files import DATA_DIR, found, read_yaml


@transaction.atomic
def load_knowledge() -> int:
    """Load communities, consents and records that are not there yet; return records added."""
    entries = read_yaml(DATA_DIR / "knowledge.yaml")
    consents = {}
    for entry in entries["communities"]:
        community = _community(entry)
        for consent in entry["consents"]:
            consents[consent["id"]] = _consent(community, consent)
    known = set(KnowledgeRecord.objects.values_list("code", flat=True))
    species = {record.slug: record for record in Species.objects.all()}
    references = {work.code: work for work in Reference.objects.all()}
    added = 0
    for entry in entries["records"]:
        if entry["code"] in known:
            continue
        where = f"knowledge.yaml, {entry['code']}"
        record = KnowledgeRecord.objects.create(
            code=entry["code"],
            species=found(species, [entry["species"]], where)[0],
            community=Community.objects.get(slug=entry["community"]),
            consent=consents.get(entry["consent"]),
            source=found(references, [entry["source"]], where)[0],
            audience=entry["audience"],
            is_demonstration=True,
        )
        KnowledgeText.objects.bulk_create(
            KnowledgeText(record=record, language=language, **text)
            for language, text in entry["texts"].items()
        )
        added += 1
    return added


def _community(entry: dict) -> Community:
    community, is_new = Community.objects.get_or_create(
        slug=entry["slug"], defaults={"is_demonstration": True}
    )
    if is_new:
        CommunityText.objects.bulk_create(
            CommunityText(community=community, language=language, **text)
            for language, text in entry["texts"].items()
        )
    return community


def _consent(community: Community, entry: dict) -> Consent:
    consent, _is_new = Consent.objects.get_or_create(
        community=community,
        given_on=date.fromisoformat(str(entry["given_on"])),
        given_how=entry["given_how"],
        defaults={
            "withdrawn_on": entry["withdrawn_on"],
            "is_demonstration": True,
        },
    )
    return consent
