"""What the archive says of each taxon besides its names in science."""

from collections.abc import Iterator

from django.conf import settings

from catalogue.citations import cited_codes, with_citations
from catalogue.exports.figures import MULTIMEDIA
from catalogue.exports.licence import LICENCE_URL
from catalogue.exports.places import DISTRIBUTION, commune_id
from catalogue.exports.records import HABIT, HABITAT, TEXTS, Record
from catalogue.exports.shelf import Shelf
from catalogue.exports.tables import DC, DWC, GBIF, Row, Table, terms
from catalogue.models import Marker, VernacularName

# Words of the GBIF vocabulary of description types where it has one, plain ones where not.
PASSAGE_TYPES = {
    "description": "morphology",
    "habitat": "habitat",
    "uses": "use",
    "contraindications": "contraindications",
    "cautions": "cautions",
    "look_alikes": "diagnostic",
}
LIMITS = {Marker.Bound.AT_LEAST: "at least", Marker.Bound.AT_MOST: "at most"}
BASES = {
    Marker.Basis.DRIED: "on the dried drug",
    Marker.Basis.ANHYDROUS: "on the anhydrous drug",
    Marker.Basis.AS_IS: "on the drug as it is",
}


def names(record: Record, shelf: Shelf) -> Iterator[Row]:
    """Yield the names among people; the first common one of a language is the preferred one.

    Where a name is used is where the plant is known, so a threatened species' names have no place.
    """
    preferred: set[str] = set()
    for name, language, kind, commune, work, locator in record.names:
        is_common = kind == VernacularName.Kind.VERNACULAR
        place = "" if record.is_threatened else commune
        yield (
            name,
            language,
            "true" if is_common and language not in preferred else "false",
            shelf.communes[place] if place else "",
            commune_id(place) if place else "",
            "VN" if place else "",
            shelf.source(work, locator),
            kind,
        )
        if is_common:
            preferred.add(language)


def descriptions(record: Record, shelf: Shelf) -> Iterator[Row]:
    """Yield each passage of each language; the works it cites stand in it in words."""
    for language, *passages in record.texts:
        for name, text in zip(TEXTS[1:], passages, strict=True):
            if text:
                cited = (shelf.works_by_code.get(code) for code in cited_codes(text))
                yield (
                    with_citations(text, shelf.works_by_code),
                    PASSAGE_TYPES[name],
                    language,
                    " | ".join(shelf.citations[work.pk] for work in cited if work),
                    settings.WAGTAIL_SITE_NAME,
                    LICENCE_URL,
                )


def references(record: Record, shelf: Shelf) -> Iterator[Row]:
    """Yield the works behind the record as a whole."""
    for key in record.works:
        work = shelf.works[key]
        yield (
            work.url,
            shelf.citations[key],
            work.title,
            work.author,
            str(work.year or ""),
            work.publisher,
            work.kind,
        )


def profile(record: Record, shelf: Shelf) -> Iterator[Row]:
    """Yield how the plant lives: all plants of the collection are of the land."""
    yield (
        "true",
        "false",
        " | ".join(record.traits.get(HABIT, ())),
        " | ".join(record.traits.get(HABITAT, ())),
    )


def measurements(record: Record, shelf: Shelf) -> Iterator[Row]:
    """Yield the elevations, and the limits that a pharmacopoeia sets for a compound."""
    species = record.species
    if species.elevation_min_m is not None:
        for name, metres in (
            ("min", species.elevation_min_m),
            ("max", species.elevation_max_m),
        ):
            key = f"{species.slug}#elevation-{name}"
            yield (key, f"{name}imum elevation", str(metres), "m", "", "", "")
    for (
        key,
        part,
        compound,
        bound,
        limit,
        unit,
        basis,
        edition,
        method,
        work,
        locator,
    ) in record.markers:
        yield (
            f"{species.slug}#marker-{key}",
            f"content of {shelf.compounds[compound]} in {shelf.parts[part]}, {LIMITS[bound]}",
            f"{limit.normalize():f}",
            unit,
            method,
            f"{BASES[basis]}; {edition}",
            shelf.source(work, locator),
        )


EXTENSIONS = [
    Table(
        "vernacularname.txt",
        f"{GBIF}VernacularName",
        (
            f"{DWC}vernacularName",
            f"{DC}language",
            f"{GBIF}isPreferredName",
            *terms(DWC, "locality locationID countryCode"),
            f"{DC}source",
            f"{DWC}taxonRemarks",
        ),
        names,
    ),
    DISTRIBUTION,
    Table(
        "description.txt",
        f"{GBIF}Description",
        terms(DC, "description type language source creator license"),
        descriptions,
    ),
    Table(
        "reference.txt",
        f"{GBIF}Reference",
        terms(DC, "identifier bibliographicCitation title creator date publisher type"),
        references,
    ),
    MULTIMEDIA,
    Table(
        "speciesprofile.txt",
        f"{GBIF}SpeciesProfile",
        (*terms(GBIF, "isTerrestrial isMarine lifeForm"), f"{DWC}habitat"),
        profile,
    ),
    Table(
        "measurementorfact.txt",
        f"{DWC}MeasurementOrFact",
        (
            *terms(
                DWC,
                "measurementID measurementType measurementValue measurementUnit "
                "measurementMethod measurementRemarks",
            ),
            f"{DC}source",
        ),
        measurements,
    ),
]
