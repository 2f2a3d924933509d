"""The collection as one table, a row per species, for people who work in a spreadsheet."""

import csv
from pathlib import Path
from typing import TextIO

from catalogue.exports.records import Record
from catalogue.exports.shelf import Shelf
from catalogue.exports.taxa import page_of
from catalogue.exports.text import cell
from catalogue.models import VernacularName
from core.cells import guarded

COLUMNS = (
    "id",
    "scientific_name",
    "authorship",
    "rank",
    "family",
    "synonyms",
    "name_vi",
    "other_names_vi",
    "name_en",
    "other_names_en",
    "parts_used",
    "places",
    "elevation_min_m",
    "elevation_max_m",
    "conservation",
    "is_toxic",
    "is_demonstration",
    "places_withheld",
    "changed_at",
    "url_vi",
    "url_en",
)
SEPARATOR = " | "


def open_table(path: Path) -> TextIO:
    """Open a file for the table; with a mark in front by which Excel knows that it is UTF-8."""
    return path.open("w", encoding="utf-8-sig", newline="")


class Checklist:
    """The table being written."""

    def __init__(self, file: TextIO, shelf: Shelf):
        self._writer = csv.writer(file)
        self._shelf = shelf
        self._writer.writerow(COLUMNS)

    def add(self, record: Record) -> None:
        """Write the row of a record."""
        self._writer.writerow([guarded(cell(text)) for text in row(record, self._shelf)])


def row(record: Record, shelf: Shelf) -> tuple[str, ...]:
    """Return a record as one row of texts, in the order of COLUMNS."""
    species = record.species
    vietnamese, others_vi = _names(record, "vie")
    english, others_en = _names(record, "eng")
    return (
        species.slug,
        species.scientific_name,
        species.authorship,
        species.rank,
        record.ranks[-1],
        SEPARATOR.join(f"{name} {author}".strip() for name, author, _kind in record.synonyms),
        vietnamese,
        others_vi,
        english,
        others_en,
        SEPARATOR.join(record.parts),
        SEPARATOR.join(_places(record, shelf)),
        _number(species.elevation_min_m),
        _number(species.elevation_max_m),
        SEPARATOR.join(
            f"{status.authority} {status.edition} {status.category}" for status in record.lists
        ),
        _truth(species.is_toxic),
        _truth(species.is_demonstration),
        _truth(record.is_withheld),
        f"{species.changed_at:%Y-%m-%dT%H:%M:%SZ}",
        page_of(species.slug, "vi"),
        page_of(species.slug, "en"),
    )


def _names(record: Record, language: str) -> tuple[str, str]:
    """Return the preferred common name in a language, and the other common and trade names."""
    preferred = record.name_in(language)
    wanted = (VernacularName.Kind.VERNACULAR, VernacularName.Kind.TRADE)
    others = [
        name
        for name, spoken, kind, *_more in record.names
        if spoken == language and kind in wanted and name != preferred
    ]
    return preferred, SEPARATOR.join(others)


def _places(record: Record, shelf: Shelf) -> list[str]:
    """Return the places that the public may know: provinces and communes by name, areas by code."""
    return [
        shelf.communes.get(place.commune_id)
        or shelf.provinces.get(place.province_id)
        or place.area_code
        for place in record.places
    ]


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _truth(value: bool) -> str:
    return "true" if value else "false"
