"""What the worker does for the index."""

from datetime import timedelta

from django.utils import timezone

from django_tasks import task

from search import draining

# What somebody has just published is looked for at once; bookkeeping can wait behind it.
FIRST = 50
# Another worker is at it and may have looked for the last time before our change was there.
LOOK_AGAIN_AFTER = timedelta(seconds=1)


@task(priority=FIRST)
def drain() -> str:
    """Tell the index what has changed. While it is away the clock asks again every minute."""
    drained = draining.drain()
    if drained.is_busy and drain.get_backend().supports_defer:
        drain.using(run_after=timezone.now() + LOOK_AGAIN_AFTER).enqueue()
    return str(drained)
