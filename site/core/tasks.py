"""What the clock asks of tasks: is one put down already?"""

from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult


def is_put_down(task: Task) -> bool:
    """Return whether a task waits for the worker, or is being done."""
    return DBTaskResult.objects.filter(
        task_path=task.module_path,
        status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING],
    ).exists()
