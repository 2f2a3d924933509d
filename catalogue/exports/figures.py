"""The pictures and recordings of a taxon, with the licence of whoever made them."""

import mimetypes
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse

from catalogue.exports.licence import LICENCE_URL, URLS
from catalogue.exports.records import Record
from catalogue.exports.shelf import WORDS, Shelf
from catalogue.exports.tables import DC, GBIF, Row, Table, terms
from catalogue.exports.taxa import page_of
from catalogue.models import Figure
from core.languages import pick
from media.models import MediaFile

TYPES = {
    MediaFile.Kind.AUDIO: "Sound",
    MediaFile.Kind.VIDEO: "MovingImage",
    MediaFile.Kind.MODEL: "InteractiveResource",
}
PLATE = "A schematic plate drawn from recorded traits, not a photograph."


def plate_address(slug: str) -> str:
    """Return the address of the drawn plate of a record."""
    return f"{settings.BASE_URL}{reverse('plate', args=[slug])}"


def address_of(figure: Figure) -> str:
    """Return the address at which everybody gets the figure's file."""
    shown = figure.image or figure.file
    url = shown.file.url
    return url if "://" in url else f"{settings.BASE_URL}{url}"


def rows(record: Record, shelf: Shelf) -> Iterator[Row]:
    """Yield the figures that everybody may see, or the drawn plate where there is no picture."""
    for figure in record.figures:
        yield _figure(figure, record)
    if not any(figure.image_id for figure in record.figures):
        yield (
            "StillImage",
            "image/svg+xml",
            plate_address(record.species.slug),
            page_of(record.species.slug),
            record.species.scientific_name,
            PLATE,
            settings.WAGTAIL_SITE_NAME,
            LICENCE_URL,
        )


def _figure(figure: Figure, record: Record) -> Row:
    shown = figure.image or figure.file
    words = pick(shown.texts.all(), WORDS)
    guessed, _encoding = mimetypes.guess_type(shown.file.name)
    return (
        "StillImage" if figure.image_id else TYPES[shown.kind],
        (None if figure.image_id else shown.media_type) or guessed or "",
        address_of(figure),
        page_of(record.species.slug),
        shown.title,
        words.alt if words else "",
        shown.credit,
        URLS.get(shown.licence, shown.get_licence_display()),
    )


MULTIMEDIA = Table(
    "multimedia.txt",
    f"{GBIF}Multimedia",
    terms(DC, "type format identifier references title description creator license"),
    rows,
)
