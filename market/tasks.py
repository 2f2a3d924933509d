"""What the worker does for the market."""

from django_tasks import task

from core.tasks import is_put_down
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
    if is_put_down(tell_concerned) or not Notice.objects.waiting().exists():
        return 0
    tell_concerned.enqueue()
    return 1
