"""Keeping the index in agreement with the database: record by record, and as a whole."""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from core import statistics
from search import fields, outbox
from search.documents.base import Document, document_key
from search.engines import get_engine
from search.models import Rebuild
from search.registry import DOCUMENTS

CHUNK = 500

# Told a kind, how many of it are done, and how many there are.
Progress = Callable[[str, int, int], None]


def bring_up_to_date(label: str, pks: Iterable[int]) -> dict[str, int]:
    """Make the documents of some records agree with the database: save them, or drop them.

    Reads the records anew and trusts nobody's word about what happened to them. Returns how many
    were saved and dropped. Raises SearchUnavailable.
    """
    document = DOCUMENTS[label]
    wanted = set(pks)
    upserts = list(document.maker()(list(document.queryset().filter(pk__in=wanted))))
    gone = sorted(wanted - {one.pk for one in upserts})
    get_engine().sync(upserts, [document_key(label, pk) for pk in gone])
    return {"saved": len(upserts), "dropped": len(gone)}


def rebuild(progress: Progress | None = None) -> int:
    """Build the whole index anew and swap it in; return how many documents it holds.

    Changes go on being told to the old index meanwhile, and are repeated in the new one. Heals
    whatever was missed. Raises SuspiciousRebuild and SearchUnavailable, and then the old one stays.
    """
    statistics.learn()
    row = Rebuild.objects.create()

    def beat(label: str, done: int, total: int) -> None:
        Rebuild.objects.filter(pk=row.pk).update(beat_at=timezone.now())
        if progress:
            progress(label, done, total)

    waited = list(outbox.waiting().values_list("pk", flat=True))
    totals = _totals()
    try:
        with _without_looking_back():
            documents = _all_documents(totals, beat)
            indexed = get_engine().rebuild(documents, expected=sum(totals.values()))
        outbox.forget(waited)
    finally:
        # Also when it failed: nobody knows whether before or after the swap.
        outbox.repeat_since(row.begun_at)
        Rebuild.objects.filter(pk=row.pk).update(ended_at=timezone.now())
    return indexed


@dataclass(frozen=True)
class Difference:
    """A document in which index and database disagree: missing, outdated or left over."""

    key: str
    what: str

    def __str__(self):
        return f"{self.key}: {self.what}"


def differences(progress: Progress | None = None) -> Iterator[Difference]:
    """Compare every record with the index; yield each document that is not as it should be.

    Raises SearchUnavailable.
    """
    held = {key: bytes.fromhex(digest) for key, digest in get_engine().digests()}
    for document in _all_documents(_totals(), progress):
        digest = held.pop(document.key, None)
        if digest is None:
            yield Difference(document.key, "missing")
        elif digest != bytes.fromhex(fields.row(document).digest):
            yield Difference(document.key, "outdated")
    for key in held:
        yield Difference(key, "left over")


def _totals() -> dict[str, int]:
    """Return how many records of each kind there are to index."""
    return {label: document.queryset().count() for label, document in DOCUMENTS.items()}


def _all_documents(totals: Mapping[str, int], progress: Progress | None) -> Iterator[Document]:
    for label, total in totals.items():
        make = DOCUMENTS[label].maker()
        records = DOCUMENTS[label].queryset()
        done = 0
        for span in _spans(records.model._default_manager.all()):
            chunk = list(records.filter(pk__range=span).order_by("pk"))
            yield from make(chunk)
            done += len(chunk)
            if progress:
                progress(label, done, total)


def _spans(records: QuerySet[Any]) -> Iterator[tuple[int, int]]:
    """Yield first and last key of each chunk, so that no transaction lasts for all of them.

    Only then is asked which of these records are public: databases find a few rows by their keys
    at once, and would go through the whole table for the first so many that are public.
    """
    last = 0
    while pks := list(
        records.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]
    ):
        last = pks[-1]
        yield pks[0], last


@contextmanager
def _without_looking_back() -> Iterator[None]:
    """Keep what the process holds already out of the search for garbage.

    Each search goes through everything that was not put aside; with all of Django among it they
    cost an eighth of a rebuild.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
