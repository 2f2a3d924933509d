"""What the worker does for the market."""

from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from market.models import Notice
from market.services import notices

# A mail can wait.
LAST = -50


@task(priority=LAST)
def tell_concerned() -> str:
    """Write to whom news waits for."""
    return f"{notices.send_due()} mails"


def catch_up_with_notices() -> int:
    """Put down that people are to be told, unless it is; return whether it was."""
    waits = DBTaskResult.objects.filter(
        task_path=tell_concerned.module_path,
        status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING],
    )
    if waits.exists() or not Notice.objects.waiting().exists():
        return 0
    tell_concerned.enqueue()
    return 1
