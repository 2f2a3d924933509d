"""The sizes in which pages and the admin show an image, made by the worker and only by it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from wagtail.images.models import Filter

from media.models import MuseumImage, MuseumRendition

WIDTHS = (320, 640, 1280)
ON_PAGES = tuple(f"width-{width}|format-webp" for width in WIDTHS)
# What a link without a script opens, and other museums' viewers paint.
LARGE = "max-2560x2560|format-webp"
# What the lists and the page of an image in the admin ask for.
IN_ADMIN = ("max-165x165", "max-800x600")


def specs(image: MuseumImage) -> tuple[str, ...]:
    """Return the sizes an image is kept in; a drawing is its own in every size."""
    return IN_ADMIN if is_drawing(image) else (*ON_PAGES, LARGE, *IN_ADMIN)


def is_drawing(image: MuseumImage) -> bool:
    """Return whether an image is an SVG."""
    return PurePath(image.file.name).suffix.lower() == ".svg"


def make(image: MuseumImage) -> None:
    """Make the sizes that are not there yet, one after the other to spare memory.

    The database is asked which are there: Wagtail's cache may remember some that were deleted.
    """
    there = set(image.renditions.values_list("filter_spec", "focal_point_key"))
    for spec in specs(image):
        wanted = Filter(spec)
        if (spec, wanted.get_cache_key(image)) not in there:
            image.create_rendition(wanted)


@dataclass(frozen=True)
class Source:
    """One size of an image, with its address."""

    url: str
    width: int
    height: int
    name: str


def on_pages(image: MuseumImage) -> list[Source]:
    """Return the sizes a page may offer, narrow ones first; none while none is made.

    Asks `renditions`, which a page has fetched before; never makes one.
    """
    if is_drawing(image):
        return [_source(image)]
    by_width = {one.width: one for one in _of(image, ON_PAGES)}
    return [_source(one) for _width, one in sorted(by_width.items())]


def large(image: MuseumImage) -> Source:
    """Return the largest size that is made, the original while there is none."""
    return _source(next(iter(_of(image, (LARGE,))), image))


def _of(image: MuseumImage, wanted: Iterable[str]) -> list[MuseumRendition]:
    keys = {spec: Filter(spec).get_cache_key(image) for spec in wanted}
    return [
        one
        for one in image.renditions.all()
        if one.filter_spec in keys and one.focal_point_key == keys[one.filter_spec]
    ]


def _source(file: MuseumImage | MuseumRendition) -> Source:
    return Source(file.file.url, file.width, file.height, file.file.name)
