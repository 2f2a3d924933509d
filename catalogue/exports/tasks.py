"""What the worker does for the exports."""

from datetime import timedelta

from django.utils import timezone

from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from catalogue.exports import building

# Behind whatever somebody is waiting for.
LAST = -50
# An editor's afternoon is one build a minute, not one per record.
SETTLE = timedelta(seconds=60)


@task(priority=LAST)
def build_exports() -> str:
    """Build the exports unless they are there already; return what was done."""
    if building.is_current():
        return "nothing changed"
    built = building.build()
    return f"{built.records} records" if built.is_current else "changed meanwhile"


def put_down() -> bool:
    """Let the exports be built in a while; return whether that was not put down already.

    Where tasks cannot wait nothing is done: whoever asks for an export then builds it.
    """
    if not build_exports.get_backend().supports_defer or _is_waiting():
        return False
    build_exports.using(run_after=timezone.now() + SETTLE).enqueue()
    return True


def catch_up() -> int:
    """Put the build down if the exports are out of date; return how many builds that makes.

    Heals what no signal told of, such as a consent that ended at midnight.
    """
    return 0 if building.is_current() else int(put_down())


def _is_waiting() -> bool:
    return DBTaskResult.objects.filter(
        task_path=build_exports.module_path, status=TaskResultStatus.READY
    ).exists()
