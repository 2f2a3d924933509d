"""What the worker does for the index."""

import logging
from datetime import timedelta

from django.utils import timezone

from django_tasks import task
from django_tasks.base import Task

from search import indexing
from search.engines.base import SearchUnavailable

logger = logging.getLogger(__name__)

# What somebody has just published is looked for at once; bookkeeping can wait behind it.
FIRST = 50

# A rebuild keeps other writers out for as long as it runs; the waits add up to most of an hour.
RETRY_AFTER_SECONDS = (5, 30, 120, 300, 900, 1800)


@task(priority=FIRST)
def sync_document(label: str, pk: int, attempt: int = 0) -> str:
    """Make one record's document agree with the database; return what was done."""
    try:
        done = indexing.bring_up_to_date(label, [pk])
    except SearchUnavailable as error:
        return _put_off(sync_document, label, pk, attempt, error)
    return "saved" if done["saved"] else "dropped"


@task(priority=FIRST)
def sync_documents(label: str, pks: list[int], attempt: int = 0) -> str:
    """Make the documents of several records of one kind agree with the database, in one commit."""
    try:
        done = indexing.bring_up_to_date(label, pks)
    except SearchUnavailable as error:
        return _put_off(sync_documents, label, pks, attempt, error)
    return f"{done['saved']} saved, {done['dropped']} dropped"


def _put_off(todo: Task, label: str, what: object, attempt: int, error: SearchUnavailable) -> str:
    """Put a task down again for later. Raises the error when it has been put off often enough.

    A raised error ends in the task's row, never in the request of whoever changed the record; the
    nightly rebuild then heals what is missing.
    """
    if not todo.get_backend().supports_defer:
        logger.warning("Could not index %s %s: %s", label, what, error)
        return "left to the next rebuild"
    if attempt >= len(RETRY_AFTER_SECONDS):
        raise error
    wait = timedelta(seconds=RETRY_AFTER_SECONDS[attempt])
    logger.warning("Could not index %s %s, trying again in %s: %s", label, what, wait, error)
    todo.using(run_after=timezone.now() + wait).enqueue(label, what, attempt + 1)
    return "put off"
