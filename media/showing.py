"""Fetches what a page needs to show some files, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import CharField, F, Model, Value
from django.db.models.functions import Cast

from media.models import (
    DocumentText,
    ImageText,
    MediaFile,
    MediaFileText,
    MuseumDocument,
    MuseumImage,
    MuseumRendition,
)

_WORDS = ("alt", "content_warning", "transcript", "captions")


def load(
    images: Iterable[MuseumImage],
    files: Iterable[MediaFile] = (),
    documents: Iterable[MuseumDocument] = (),
) -> None:
    """Fetch the renditions and words of files that are in memory: two queries, none for no files.

    A video's still image comes with its renditions. One that has none yet is not shown.
    """
    images, files, documents = list(images), list(files), list(documents)
    posters = {file.poster_id for file in files if file.poster_id}
    if images or posters:
        _load_renditions(images, files, posters)
    stills = [file.poster for file in files if file.poster_id and file.poster]
    _load_texts(
        [
            (ImageText, "image", [*images, *stills]),
            (MediaFileText, "file", files),
            (DocumentText, "document", documents),
        ]
    )


def _load_renditions(images: list[MuseumImage], files: list[MediaFile], posters: set[int]) -> None:
    wanted = {image.pk for image in images} | posters
    found: dict[int, list[MuseumRendition]] = defaultdict(list)
    still: dict[int, MuseumImage] = {}
    for rendition in MuseumRendition.objects.filter(image__in=wanted).select_related("image"):
        found[rendition.image_id].append(rendition)
        still.setdefault(rendition.image_id, rendition.image)
    for file in files:
        if file.poster_id:
            file.poster = still.get(file.poster_id)
    for image in (*images, *still.values()):
        _keep(image, "renditions", found[image.pk])


def _load_texts(wanted: list[tuple[type[Model], str, list]]) -> None:
    """Fetch the rows of words of all files at once, whatever kind of row it is."""
    parts = [
        _rows(model, key, [owner.pk for owner in owners]) for model, key, owners in wanted if owners
    ]
    if not parts:
        return
    found: dict[tuple[str, int], list[Model]] = defaultdict(list)
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    models = {key: model for model, key, _owners in wanted}
    for kind, owner, pk, language, *words in rows:
        model = models[kind]
        names = {field.name for field in model._meta.concrete_fields}
        said = {name: word for name, word in zip(_WORDS, words, strict=True) if name in names}
        found[kind, owner].append(model(pk=pk, language=language, **{f"{kind}_id": owner}, **said))
    for _model, key, owners in wanted:
        for owner in owners:
            _keep(owner, "texts", sorted(found[key, owner.pk], key=lambda row: row.pk))


def _rows(model: type[Model], key: str, owners: list[int]):
    names = {field.name for field in model._meta.concrete_fields}
    words = {
        f"_{name}": Cast(F(name) if name in names else Value(""), CharField()) for name in _WORDS
    }
    return (
        model._default_manager.filter(**{f"{key}__in": owners})
        .order_by()
        .annotate(_kind=Value(key), _owner=F(f"{key}_id"), **words)
        .values_list("_kind", "_owner", "pk", "language", *words)
    )


def _keep(owner: Model, relation: str, rows: list[Model]) -> None:
    """Let a relation have been fetched, as prefetch_related would leave it."""
    queryset = getattr(owner, relation).all()
    queryset._result_cache = rows
    queryset._prefetch_done = True
    owner.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = queryset
