"""The files that show a species: which a person is given, and how a page shows them."""

from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import prefetch_related_objects

from wagtail.models import Page, ReferenceIndex

from catalogue.models import Figure, Species, VernacularName
from media.models import MediaFile, MuseumDocument, MuseumImage

# Which column of a figure a file of each kind stands in.
COLUMNS = {MuseumImage: "image", MediaFile: "file", MuseumDocument: "document"}


def media_is_shown(record, person) -> bool:
    """Return whether something that this person may see shows a file; asked by the media app."""
    return (
        _in_a_figure(record, person)
        or _as_a_name(record, person)
        or _as_a_poster(record, person)
        or _on_a_page(record)
    )


def _in_a_figure(record, person) -> bool:
    if isinstance(record, MediaFile) and not _is_consented(record):
        return False
    figures = Figure.objects.filter(**{COLUMNS[type(record)]: record.pk})
    return figures.filter(species__in=Species.objects.visible_to(person)).exists()


def _as_a_name(record, person) -> bool:
    if not isinstance(record, MediaFile) or not _is_consented(record):
        return False
    names = VernacularName.objects.filter(recording=record.pk)
    return names.filter(species__in=Species.objects.visible_to(person)).exists()


def _as_a_poster(record, person) -> bool:
    if not isinstance(record, MuseumImage):
        return False
    return any(
        _in_a_figure(file, person) or _as_a_name(file, person)
        for file in MediaFile.objects.filter(poster=record.pk)
    )


def _on_a_page(record) -> bool:
    """Return whether a live page that everybody may read refers to an image or document."""
    if isinstance(record, MediaFile):
        return False
    pages = [
        int(pk)
        for pk in ReferenceIndex.get_references_to(record)
        .filter(base_content_type=ContentType.objects.get_for_model(Page))
        .values_list("object_id", flat=True)
        if pk.isdecimal()
    ]
    return Page.objects.filter(pk__in=pages).live().public().exists()


def _is_consented(file: MediaFile) -> bool:
    return MediaFile.objects.with_consent().filter(pk=file.pk).exists()


@dataclass
class Shown:
    """What a page shows of a species, by kind, in the curator's order."""

    images: list[MuseumImage] = field(default_factory=list)
    files: list[MediaFile] = field(default_factory=list)
    documents: list[MuseumDocument] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.images or self.files or self.documents)


def shown(species: Species) -> Shown:
    """Return the files of a species with their words; no query when it has none."""
    result = Shown()
    for row in species.figures.all():
        if row.image:
            result.images.append(row.image)
        elif row.file:
            result.files.append(row.file)
        elif row.document:
            result.documents.append(row.document)
    consented = set(
        MediaFile.objects.with_consent()
        .filter(pk__in=[file.pk for file in result.files])
        .values_list("pk", flat=True)
        if result.files
        else ()
    )
    result.files = [file for file in result.files if file.pk in consented]
    prefetch_related_objects(result.images, "renditions", "texts")
    prefetch_related_objects(result.files, "texts", "poster")
    prefetch_related_objects(result.documents, "texts")
    return result


def mark_heard(species: Species) -> None:
    """Note of each name whether its recording may be played: `is_heard`."""
    names = list(species.names.all())
    recorded = [name.recording_id for name in names if name.recording_id]
    consented = (
        set(MediaFile.objects.with_consent().filter(pk__in=recorded).values_list("pk", flat=True))
        if recorded
        else set()
    )
    for name in names:
        name.is_heard = name.recording_id in consented
