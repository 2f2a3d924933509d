"""Whether a person may have a file: only if some record that shows it is shown to them.

An address that nobody could guess protects nothing: it is copied, logged and printed. So every
original, rendition, tile and caption passes here. The apps above say what shows a file, through the
hook `media_is_shown(record, person) -> bool`.
"""

import posixpath

from wagtail import hooks

from core import roles
from media.models import MediaFile, MediaFileText, MuseumDocument, MuseumImage, MuseumRendition

Record = MuseumImage | MuseumDocument | MediaFile


def is_shown(record: Record, person) -> bool:
    """Return whether a person (or nobody, for a visitor) may have the files of a record."""
    if roles.edits_collection(person):
        return True
    return any(answer(record, person) for answer in hooks.get_hooks("media_is_shown"))


def owner_of(path: str) -> Record | None:
    """Return the record to which a file in the storage belongs, or None when it has none.

    A name that climbs ("tiles/1/../../…") is nobody's: the storage would follow it to another
    file than the one whose record was asked about.
    """
    if path != posixpath.normpath(path) or ".." in path.split("/"):
        return None
    folder = path.partition("/")[0]
    find = _OWNERS.get(folder)
    return find(path) if find else None


def _rendered(path: str) -> MuseumImage | None:
    rendition = MuseumRendition.objects.select_related("image").filter(file=path).first()
    return rendition and rendition.image


def _tiled(path: str) -> MuseumImage | None:
    pk = path.partition("/")[2].partition("/")[0]
    # A folder of tiles is no file, and storages say that it exists.
    is_tile = path.endswith(".jpg") and pk.isdecimal() and len(pk) < 10
    return MuseumImage.objects.filter(pk=pk).first() if is_tile else None


def _captioned(path: str) -> MediaFile | None:
    text = MediaFileText.objects.select_related("file").filter(captions=path).first()
    return text and text.file


_OWNERS = {
    "original_images": lambda path: MuseumImage.objects.filter(file=path).first(),
    "images": _rendered,
    "tiles": _tiled,
    "recordings": lambda path: MediaFile.objects.filter(file=path).first(),
    "captions": _captioned,
    "documents": lambda path: MuseumDocument.objects.filter(file=path).first(),
}
