"""Keeping the index in agreement with the database: record by record, and as a whole."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils import timezone

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
    upserts = [document.from_model(one) for one in document.queryset().filter(pk__in=wanted)]
    gone = sorted(wanted - {one.pk for one in upserts})
    get_engine().sync(upserts, [document_key(label, pk) for pk in gone])
    return {"saved": len(upserts), "dropped": len(gone)}


def rebuild(progress: Progress | None = None) -> int:
    """Build the whole index anew and swap it in; return how many documents it holds.

    Changes go on being told to the old index meanwhile, and are repeated in the new one. Heals
    whatever was missed. Raises SuspiciousRebuild and SearchUnavailable, and then the old one stays.
    """
    row = Rebuild.objects.create()

    def beat(label: str, done: int, total: int) -> None:
        Rebuild.objects.filter(pk=row.pk).update(beat_at=timezone.now())
        if progress:
            progress(label, done, total)

    waited = list(outbox.waiting().values_list("pk", flat=True))
    expected = sum(document.queryset().count() for document in DOCUMENTS.values())
    try:
        indexed = get_engine().rebuild(_all_documents(beat), expected=expected)
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
    for document in _all_documents(progress):
        digest = held.pop(document.key, None)
        if digest is None:
            yield Difference(document.key, "missing")
        elif digest != bytes.fromhex(fields.row(document).digest):
            yield Difference(document.key, "outdated")
    for key in held:
        yield Difference(key, "left over")


def _all_documents(progress: Progress | None) -> Iterator[Document]:
    for label, document in DOCUMENTS.items():
        total = document.queryset().count() if progress else 0
        done = 0
        for record in document.queryset().order_by("pk").iterator(chunk_size=CHUNK):
            yield document.from_model(record)
            done += 1
            if progress and done % CHUNK == 0:
                progress(label, done, total)
        if progress:
            progress(label, done, total)
