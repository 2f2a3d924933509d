"""The files that show a species: which a person is given, and how a page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.contrib.contenttypes.models import ContentType

from wagtail.models import Page, ReferenceIndex

from catalogue.models import Figure, Species, VernacularName
from media.access import closed_collections, may_read, restrictions
from media.models import MediaFile, MuseumDocument, MuseumImage
from media.renditions import on_pages
from media.showing import load

# Which column of a figure a file of each kind stands in.
COLUMNS = {MuseumImage: "image", MediaFile: "file", MuseumDocument: "document"}


def media_is_shown(record, person) -> bool:
    """Return whether a record or page that this person may see shows a file; media asks.

    Whether a speaker consents, and whether a collection of files is private, media looks at itself.
    """
    visible = Species.objects.visible_to(person)
    figures = Figure.objects.filter(**{COLUMNS[type(record)]: record.pk})
    if figures.filter(species__in=visible).exists():
        return True
    if isinstance(record, MediaFile):
        names = VernacularName.objects.filter(recording=record.pk)
        return names.filter(species__in=visible).exists()
    return _is_on_a_page(record, person)


def _is_on_a_page(record, person) -> bool:
    """Return whether a live page that this person may read refers to an image or document."""
    page_type = ContentType.objects.get_for_model(Page)
    references = ReferenceIndex.get_references_to(record).filter(base_content_type=page_type)
    pages = [int(pk) for pk in references.values_list("object_id", flat=True) if pk.isdecimal()]
    if not pages:
        return False
    live = Page.objects.filter(pk__in=pages).live()
    return any(may_read(page, person) for page in live)


@dataclass
class Shown:
    """What a page shows of a species, by kind, in the curator's order."""

    images: list[MuseumImage] = field(default_factory=list)
    files: list[MediaFile] = field(default_factory=list)
    documents: list[MuseumDocument] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.images or self.files or self.documents)

    @cached_property
    def _ready(self) -> list[MuseumImage]:
        return [image for image in self.images if on_pages(image)]

    @property
    def lead(self) -> MuseumImage | None:
        """The first image, if it can be shown; else the plate stands in its place."""
        return self._ready[0] if self._ready else None

    @property
    def others(self) -> list[MuseumImage]:
        """The other images that can be shown; the worker may still be making some."""
        return self._ready[1:]

    @property
    def more(self) -> bool:
        """Whether there is more than the plate to show beside the record."""
        return bool(self._ready or self.files or self.documents)


def shown(species: Species, person=None) -> Shown:
    """Return the files of a species with their words and sizes, as a person is given them.

    At most three queries, and none for a species without figures.
    """
    result = Shown()
    for row in species.figures.all():
        if row.image:
            result.images.append(row.image)
        elif row.file and row.file.is_consented():
            result.files.append(row.file)
        elif row.document:
            result.documents.append(row.document)
    if result:
        # Kept for who asks next about the same record, and for whom everybody is a visitor.
        species.file_restrictions = restrictions()
        closed = closed_collections(person, species.file_restrictions)
        result.images = [one for one in result.images if one.collection_id not in closed]
        result.documents = [one for one in result.documents if one.collection_id not in closed]
        load(result.images, result.files, result.documents)
        for file in result.files:
            if file.poster_id and file.poster and file.poster.collection_id in closed:
                file.poster = None
    return result


def put_on_cards(species: Sequence[Species]) -> None:
    """Note on each species the photograph of its card; where there is none, the plate stands.

    The records were read by `for_cards`. No query while nobody has added any photograph, four else.
    What may upset and what is not for everybody stands on no card.
    """
    shown = {one.pk: one for one in species if one.has_photographs}
    if not shown:
        return
    figures = Figure.objects.filter(species__in=shown, image__isnull=False)
    images = [(row.species_id, row.image) for row in figures.select_related("image")]
    load([image for _species, image in images])
    closed = closed_collections(None)
    for species_pk, image in reversed(images):  # the first that fits is written last
        if _is_for_cards(image, closed):
            shown[species_pk].photograph = image


def _is_for_cards(image: MuseumImage, closed: set[int]) -> bool:
    is_for_all = image.collection_id not in closed and not image.content_warning
    return is_for_all and bool(on_pages(image))
