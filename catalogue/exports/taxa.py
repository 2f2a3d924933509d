"""The core of the archive: every accepted name, and every synonym pointing at its accepted one."""

from collections.abc import Iterator

from django.conf import settings

from catalogue.exports.licence import LICENCE_URL
from catalogue.exports.records import Record
from catalogue.exports.shelf import Shelf
from catalogue.exports.tables import DC, DWC, Row, Table, terms
from catalogue.models import Synonym
from catalogue.scientific_names import take_apart
from core.text import slug

WITHHELD = "Communes are withheld because the species is threatened; ask the museum."
DEMONSTRATION = "Demonstration record: nobody has reviewed it."
STATUS = {
    Synonym.Kind.SYNONYM: "synonym",
    # The name from which the accepted one was made has the same type.
    Synonym.Kind.BASIONYM: "homotypicSynonym",
    Synonym.Kind.MISAPPLIED: "misapplied",
}


def page_of(record_slug: str, language: str = settings.LANGUAGE_CODE) -> str:
    """Return the permanent address of a record; reverse() would cost more than all the rest."""
    return f"{settings.BASE_URL}/{language}/species/{record_slug}/"


def synonym_ids(record: Record) -> list[str]:
    """Return the identifiers of a record's synonyms, made from their names.

    A name that stands there twice, by two authors, is told apart by the later one's authors.
    """
    found: list[str] = []
    for name, authorship, _kind in record.synonyms:
        key = f"{record.species.slug}#syn-{slug(name)}"
        if key in found:
            key = f"{key}-{slug(authorship) or 'auct'}"
        while key in found:
            key += "-2"
        found.append(key)
    return found


def rows(record: Record, shelf: Shelf) -> Iterator[Row]:
    """Yield the accepted name and the synonyms, each with its own identifier in front."""
    species, ids = record.species, synonym_ids(record)
    full_name = " ".join(filter(None, (species.scientific_name, species.authorship)))
    basionym = next(
        (
            key
            for key, (_name, _author, kind) in zip(ids, record.synonyms, strict=True)
            if kind == Synonym.Kind.BASIONYM
        ),
        "",
    )
    common = (
        f"{species.changed_at:%Y-%m-%dT%H:%M:%SZ}",
        settings.LANGUAGE_CODE,
        LICENCE_URL,
        settings.WAGTAIL_SITE_NAME,
        settings.WAGTAIL_SITE_NAME,
        page_of(species.slug),
    )
    yield (
        species.slug,
        *_name(species.scientific_name, species.authorship, species.rank, record),
        "accepted",
        "ICN",
        species.slug,
        full_name,
        basionym,
        record.name_in("vie"),
        DEMONSTRATION if species.is_demonstration else "",
        WITHHELD if record.is_withheld else "",
        *common,
    )
    for key, (name, authorship, kind) in zip(ids, record.synonyms, strict=True):
        yield (
            key,
            *_name(name, authorship, "", record),
            STATUS[kind],
            "ICN",
            species.slug,
            full_name,
            "",
            "",
            DEMONSTRATION if species.is_demonstration else "",
            "",
            *common,
        )


def _name(name: str, authorship: str, rank: str, record: Record) -> Row:
    """Return a name whole and in parts.

    A synonym is classified as its accepted name is, with that one's genus; genericName is its own.
    """
    parts = take_apart(name)
    return (
        f"{name} {authorship}".strip(),
        authorship,
        rank or parts.rank,
        *record.ranks,
        record.species.genus,
        parts.genus,
        parts.species,
        parts.infraspecies,
    )


TAXA = Table(
    "taxon.txt",
    f"{DWC}Taxon",
    (
        *terms(
            DWC,
            "taxonID scientificName scientificNameAuthorship taxonRank kingdom phylum class order "
            "family genus genericName specificEpithet infraspecificEpithet taxonomicStatus "
            "nomenclaturalCode acceptedNameUsageID acceptedNameUsage originalNameUsageID "
            "vernacularName taxonRemarks informationWithheld",
        ),
        *terms(DC, "modified language license rightsHolder"),
        f"{DWC}datasetName",
        f"{DC}references",
    ),
    rows,
)
