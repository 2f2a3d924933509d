"""What many records share is read once in a run, not once for each of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

Fact = TypeVar("Fact")

MOST = 20_000


class Shelf(Generic[Fact]):
    """Facts about records that others point at, by key. Holds so many, then begins anew."""

    def __init__(self, records: Callable[[], QuerySet[Any]], fact_of: Callable[[Any], Fact]):
        self._records = records
        self._fact_of = fact_of
        self._facts: dict[int, Fact] = {}

    def of(self, pks: Iterable[int]) -> Mapping[int, Fact]:
        """Return at least the facts of these keys; reads those that are not there in one go."""
        wanted = set(pks)
        missing = wanted - self._facts.keys()
        if len(self._facts) + len(missing) > MOST:
            self._facts.clear()
            missing = wanted
        if missing:
            for record in self._records().filter(pk__in=missing):
                self._facts[record.pk] = self._fact_of(record)
        return self._facts


def grouped(rows: Iterable[tuple[int, Any]]) -> Mapping[int, list[Any]]:
    """Return the second column of some rows as lists by the first; nothing is an empty list."""
    groups: dict[int, list[Any]] = defaultdict(list)
    for key, value in rows:
        groups[key].append(value)
    return groups
