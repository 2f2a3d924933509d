"""Doing what only one process may do at a time, without waiting and without anybody to clean up.

A lease ends by itself, so that the work of a process that was killed is taken up by another.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from search.models import Lease


class LeaseLost(Exception):
    """The lease ran out and somebody else has it."""


@dataclass
class Held:
    """A lease of this process."""

    name: str
    token: uuid.UUID
    length: timedelta

    def renew(self) -> None:
        """Ask for as much time again. Raises LeaseLost when it has run out to somebody else."""
        mine = Lease.objects.filter(name=self.name, token=self.token)
        if not mine.update(until=timezone.now() + self.length):
            raise LeaseLost(self.name)


@contextmanager
def held(name: str, length: timedelta) -> Iterator[Held | None]:
    """Give the lease of this name, or None while somebody else has it."""
    now = timezone.now()
    Lease.objects.get_or_create(name=name, defaults={"until": now})
    lease = Held(name, uuid.uuid4(), length)
    free = Lease.objects.filter(name=name, until__lte=now)
    if not free.update(token=lease.token, until=now + length):
        yield None
        return
    try:
        yield lease
    finally:
        Lease.objects.filter(name=name, token=lease.token).update(until=timezone.now())
