"""Taking changes out of the outbox and telling the index.

One process at a time does it. Nothing is lost when it is killed: a row counts as done only when the
index holds the change, and doing it twice changes nothing.
"""

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from search import indexing, leases, outbox
from search.engines import get_engine
from search.engines.base import SearchUnavailable
from search.models import Change, Rebuild

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
# A record that cannot be made a document waits longer each time, and is given up in the end.
RETRY_AFTER = [timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 3600, 6 * 3600)]
# A rebuild tells every now and then that it lives; one that has not for so long was killed.
REBUILD_LOST_AFTER = timedelta(minutes=10)


@dataclass
class Drained:
    """What came of taking rows out: how many were done and failed, and why it ended early."""

    done: int = 0
    failed: int = 0
    is_away: bool = False
    is_busy: bool = False

    def __str__(self):
        ending = ", the index is away" * self.is_away + ", somebody else is at it" * self.is_busy
        return f"{self.done} done, {self.failed} failed{ending}"


def drain() -> Drained:
    """Tell the index of every change that waits and is due; return what came of it."""
    drained = Drained()
    if not get_engine().ready():
        drained.is_away = True
        return drained
    with leases.held("outbox", LEASE) as lease:
        if lease is None:
            drained.is_busy = True
            return drained
        _repeat_after_lost_rebuilds()
        try:
            while changes := _due():
                lease.renew()
                _tell(changes, drained)
        except SearchUnavailable as error:
            logger.warning("The search index is away; changes wait: %s", error)
            drained.is_away = True
        except leases.LeaseLost:
            drained.is_busy = True
    return drained


def _due() -> list[Change]:
    due = Q(retry_at=None) | Q(retry_at__lte=timezone.now())
    return list(outbox.waiting().filter(due).order_by("pk")[: outbox.BATCH])


def _tell(changes: Sequence[Change], drained: Drained) -> None:
    by_label: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_label[change.label].append(change)
    for label, rows in by_label.items():
        try:
            _tell_together(label, rows)
        except SearchUnavailable:
            raise
        except Exception:
            # The others must not wait for the one that cannot be made a document.
            logger.exception("Could not index %s %s together", len(rows), label)
            _tell_one_by_one(label, rows, drained)
        else:
            drained.done += len(rows)


def _tell_together(label: str, rows: Sequence[Change]) -> None:
    indexing.bring_up_to_date(label, {row.record for row in rows})
    Change.objects.filter(pk__in=[row.pk for row in rows]).update(done_at=timezone.now(), error="")


def _tell_one_by_one(label: str, rows: Sequence[Change], drained: Drained) -> None:
    for row in rows:
        try:
            _tell_together(label, [row])
        except SearchUnavailable:
            raise
        except Exception as error:
            logger.exception("Could not index %s", row)
            _put_off(row, error)
            drained.failed += 1
        else:
            drained.done += 1


def _put_off(row: Change, error: Exception) -> None:
    is_last = row.attempts >= len(RETRY_AFTER)
    wait = timedelta() if is_last else RETRY_AFTER[row.attempts]
    Change.objects.filter(pk=row.pk).update(
        attempts=F("attempts") + 1,
        retry_at=timezone.now() + wait,
        is_dead=is_last,
        error=f"{type(error).__name__}: {error}"[:2000],
    )


def _repeat_after_lost_rebuilds() -> None:
    """Take up where a rebuild was killed between its swap and its last words."""
    lost = Rebuild.objects.filter(ended_at=None, beat_at__lt=timezone.now() - REBUILD_LOST_AFTER)
    for rebuild in lost:
        outbox.repeat_since(rebuild.begun_at)
        Rebuild.objects.filter(pk=rebuild.pk).update(ended_at=timezone.now())
