"""Whether a person may have a file: only if some record that shows it is shown to them.

An address that nobody could guess protects nothing: it is copied, logged and printed. So every
original, rendition, tile and caption passes here. The apps above say what shows a file, through the
hook `media_is_shown(record, person) -> bool`.
"""

from dataclasses import dataclass

from django.db.models import Model

from wagtail import hooks
from wagtail.models import BaseViewRestriction, CollectionViewRestriction, Page
from wagtail.permissions import policy_registry

from core import roles
from media import tiles
from media.models import MediaFile, MediaFileText, MuseumDocument, MuseumImage, MuseumRendition

Record = MuseumImage | MuseumDocument | MediaFile

# folder of the storage → whose files stand in it, in which column, and the record they belong to.
# Documents have an address of their own and no other (/documents/).
FOLDERS: dict[str, tuple[type[Model], str, str]] = {
    "original_images": (MuseumImage, "file", ""),
    "images": (MuseumRendition, "file", "image"),
    "recordings": (MediaFile, "file", ""),
    "captions": (MediaFileText, "captions", "file"),
}


@dataclass(frozen=True)
class Stored:
    """A file of the storage: its name there, its media type, and the record it belongs to."""

    name: str
    record: Record


def is_shown(record: Record, person) -> bool:
    """Return whether a person (or nobody, for a visitor) may have the files of a record."""
    return is_edited_by(record, person) or is_published(record, person)


def is_published(record: Record, person=None) -> bool:
    """Return whether something that a person (or a visitor) sees shows the files of a record."""
    if isinstance(record, MediaFile):
        return record.is_consented() and _is_answered_for(record, person)
    if record.collection_id in closed_collections(person):
        return False
    if _is_answered_for(record, person):
        return True
    stills_of = (
        MediaFile.objects.filter(poster=record.pk) if isinstance(record, MuseumImage) else ()
    )
    return any(is_published(file, person) for file in stills_of)


def _is_answered_for(record: Record, person) -> bool:
    return any(answer(record, person) for answer in hooks.get_hooks("media_is_shown"))


def restrictions() -> list[CollectionViewRestriction]:
    """Return what makes collections of files private, for closed_collections; mostly nothing."""
    found = CollectionViewRestriction.objects.select_related("collection")
    return list(found.prefetch_related("groups"))


def closed_collections(person, known: list[CollectionViewRestriction] | None = None) -> set[int]:
    """Return the collections of files whose privacy a person (or nobody) does not pass.

    Asks for the restrictions unless they are known; no more where no collection is private. A
    password is asked on no page of ours: a collection behind one is closed. Who edits the
    collection passes everywhere.
    """
    closed: set[int] = set()
    if roles.edits_collection(person):
        return closed
    for restriction in restrictions() if known is None else known:
        if not _passes(restriction, person):
            branch = restriction.collection.get_descendants(inclusive=True)
            closed |= set(branch.values_list("pk", flat=True))
    return closed


def may_read(page: Page, person) -> bool:
    """Return whether a person (or nobody) passes the privacy of a page."""
    return all(_passes(restriction, person) for restriction in page.get_view_restrictions())


def _passes(restriction: BaseViewRestriction, person) -> bool:
    if person is None or not person.is_authenticated:
        return False
    if restriction.restriction_type == BaseViewRestriction.LOGIN:
        return True
    if restriction.restriction_type == BaseViewRestriction.GROUPS:
        allowed = {group.pk for group in restriction.groups.all()}
        return bool(allowed & set(person.groups.values_list("pk", flat=True)))
    return False


def is_edited_by(record: Record, person) -> bool:
    """Return whether a person works on a record, and so has its files whoever else sees them."""
    if person is None or not person.is_authenticated:
        return False
    if roles.edits_collection(person):
        return True
    if isinstance(record, MediaFile):
        return person.has_perm("media.change_mediafile")
    policy = policy_registry.get_by_type(type(record))
    return policy.user_has_permission_for_instance(person, "change", record)


def find(name: str) -> Stored | None:
    """Return the file of this name in the storage, None when no record has such a file.

    A name is taken literally: no record has one with `..` in it.
    """
    if tile := tiles.ADDRESS.fullmatch(name):
        image = MuseumImage.objects.filter(pk=tile["pk"], made_from=tile["digest"]).first()
        return image and Stored(name, image)
    model, column, record = FOLDERS.get(name.partition("/")[0], (None, "", ""))
    if model is None:
        return None
    rows = model._default_manager.filter(**{column: name})
    row = (rows.select_related(record) if record else rows).first()
    return row and Stored(name, getattr(row, record) if record else row)
