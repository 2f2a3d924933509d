"""The outbox: changes are put down with the records they belong to, and told to the index after.

Who tells it is search.draining; docs/search.md says why nothing is lost.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from search.models import Change, Rebuild

BATCH = 500
CLOCKS_DIFFER_BY = timedelta(minutes=1)
KEEP_DONE = timedelta(days=2)


def put(label: str, pks: Iterable[int]) -> int:
    """Put down that records of a kind have changed, in the caller's transaction; say how many."""
    changes = [Change(label=label, record=pk) for pk in sorted(set(pks))]
    Change.objects.bulk_create(changes, batch_size=BATCH)
    return len(changes)


def waiting() -> QuerySet[Change]:
    """Return the rows that are still to be done, without those given up."""
    return Change.objects.filter(done_at=None, is_dead=False)


def dead() -> QuerySet[Change]:
    """Return the rows that were given up."""
    return Change.objects.filter(done_at=None, is_dead=True)


def revive(changes: QuerySet[Change]) -> int:
    """Let rows that were given up be tried again; return how many."""
    return changes.filter(is_dead=True).update(is_dead=False, attempts=0, retry_at=None)


def forget(pks: Sequence[int]) -> None:
    """Delete rows that a rebuild has made needless: it read the records after their change."""
    for start in range(0, len(pks), BATCH):
        Change.objects.filter(pk__in=pks[start : start + BATCH]).delete()


def repeat_since(begun: datetime) -> int:
    """Put down again what was told to the index since a rebuild began, or waited; return how many.

    The new index may have read a record before its change, and the change gone into the old index.
    New rows, because a worker may be about to mark one of the old as done.
    """
    told = Q(done_at=None, is_dead=False) | Q(done_at__gte=begun - CLOCKS_DIFFER_BY)
    changed = Change.objects.filter(told).order_by().values_list("label", "record").distinct()
    by_label: dict[str, list[int]] = defaultdict(list)
    for label, record in changed.iterator():
        by_label[label].append(record)
    for label, records in by_label.items():
        put(label, records)
    return sum(map(len, by_label.values()))


def forget_done() -> int:
    """Delete the rows that were done a while ago; return how many."""
    done = Change.objects.filter(done_at__lt=timezone.now() - KEEP_DONE)
    Rebuild.objects.filter(ended_at__lt=timezone.now() - KEEP_DONE).delete()
    return done.delete()[0]
