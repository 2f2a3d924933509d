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
from catalogue.services.loading.files import DATA_DIR, checked, entry_of, read_yaml


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
    rows = [entry for entry in entries["records"] if entry["code"] not in known]
    for entry in rows:
        with entry_of(f"knowledge.yaml, {entry['code']}"):
            record = checked(
                KnowledgeRecord(
                    code=entry["code"],
                    species=species[entry["species"]],
                    community=Community.objects.get(slug=entry["community"]),
                    consent=consents[entry["consent"]] if entry["consent"] else None,
                    source=references[entry["source"]],
                    audience=entry["audience"],
                    is_demonstration=True,
                )
            )
            record.save()
            KnowledgeText.objects.bulk_create(
                KnowledgeText(record=record, language=language, **text)
                for language, text in entry["texts"].items()
            )
    return len(rows)


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
