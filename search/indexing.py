"""Keeping the index in agreement with the database: record by record, and as a whole."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.utils import timezone

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from search.documents.base import Document, document_key
from search.engines import get_engine
from search.registry import DOCUMENTS

CHUNK = 500

Progress = Callable[[str, int], None]


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

    `progress` is told a kind and how many of it are done, now and then. Heals whatever a sync
    missed, such as a certificate that expired overnight: run it every night. Raises
    SuspiciousRebuild and SearchUnavailable, and then the old index stays.
    """
    begun = timezone.now()
    expected = sum(document.queryset().count() for document in DOCUMENTS.values())
    indexed = get_engine().rebuild(_all_documents(progress), expected=expected)
    _forget_what_was_waiting(begun)
    return indexed


def _forget_what_was_waiting(before: datetime) -> None:
    """Drop the tasks put down before a rebuild began: it has read what they would have read."""
    DBTaskResult.objects.filter(
        task_path__startswith="search.tasks.sync_document",
        status=TaskResultStatus.READY,
        enqueued_at__lt=before,
    ).delete()


def _all_documents(progress: Progress | None) -> Iterator[Document]:
    for label, document in DOCUMENTS.items():
        done = 0
        for record in document.queryset().order_by("pk").iterator(chunk_size=CHUNK):
            yield document.from_model(record)
            done += 1
            if progress and done % CHUNK == 0:
                progress(label, done)
        if progress:
            progress(label, done)
