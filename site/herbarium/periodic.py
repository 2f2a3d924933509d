"""The periodic jobs. Each is safe to run twice, late, or in two places at once."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from catalogue.exports.tasks import catch_up
from catalogue.services import days
from market.services.expiry import expire_overdue
from market.tasks import catch_up_with_notices
from search import draining, outbox
from search.tasks import catch_up_with_alerts

# A task of ours takes seconds. One that has been running this long lost its worker.
LOST_AFTER = timedelta(minutes=10)
KEEP_FINISHED = timedelta(days=7)


def take_back_lost_tasks() -> int:
    """Put tasks whose worker was killed back in the queue; return how many."""
    lost = DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, started_at__lt=timezone.now() - LOST_AFTER
    )
    return lost.update(status=TaskResultStatus.READY, started_at=None)


def forget_finished_tasks() -> int:
    """Delete the records of tasks that succeeded a while ago; return how many."""
    done = DBTaskResult.objects.filter(
        status=TaskResultStatus.SUCCESSFUL, finished_at__lt=timezone.now() - KEEP_FINISHED
    )
    return done.delete()[0]


JOBS: dict[str, Callable[[], int]] = {
    "orders expired": expire_overdue,
    "lost tasks taken back": take_back_lost_tasks,
    "finished tasks forgotten": forget_finished_tasks,
    "exports to be built": catch_up,
    "certificates begun, due or ended": days.follow_today,
    "changes told to the search index": lambda: draining.drain().done,
    "told changes forgotten": outbox.forget_done,
    "alerts to be looked for": catch_up_with_alerts,
    "notices to be sent": catch_up_with_notices,
}
