"""What the worker does for the index, and for who wants to hear of news in it."""

from datetime import timedelta

from django.utils import timezone

from django_tasks import task

from core.tasks import is_put_down
from search import alerts, draining

# What somebody has just published is looked for at once; bookkeeping can wait behind it.
FIRST = 50
# A mail can wait.
LAST = -50
# Another worker is at it and may have looked for the last time before our change was there.
LOOK_AGAIN_AFTER = timedelta(seconds=1)


@task(priority=FIRST)
def drain() -> str:
    """Tell the index what has changed. While it is away the clock asks again every minute."""
    drained = draining.drain()
    if drained.is_busy and drain.get_backend().supports_defer:
        drain.using(run_after=timezone.now() + LOOK_AGAIN_AFTER).enqueue()
    return str(drained)


@task(priority=LAST)
def tell_people() -> str:
    """Look for new lots that match saved searches, and write to who saved them."""
    return f"{alerts.find_new()} found, {alerts.send_due()} mails"


def catch_up_with_alerts() -> int:
    """Put down that people are to be told of new lots, unless it is; return whether it was."""
    if is_put_down(tell_people) or not alerts.is_due():
        return 0
    tell_people.enqueue()
    return 1
