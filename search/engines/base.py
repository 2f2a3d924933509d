"""The port: what the site asks of a search engine, in words no engine owns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from search.documents.base import Document


class SearchError(Exception):
    """Something about searching that callers may catch."""


class SearchUnavailable(SearchError):
    """The index cannot be read or written now; trying again later may help."""


class SuspiciousRebuild(SearchError):
    """A rebuild produced far fewer documents than there are records; the old index stays."""


@dataclass(frozen=True, kw_only=True)
class SearchQuery:
    """What somebody looks for. Several values of one facet widen it, facets narrow each other.

    Empty text asks for everything; text without a single letter or digit finds nothing.
    """

    text: str = ""
    language: str
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    certified: bool = False
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True)
class Hit:
    """A document that matched: `pk` finds its record, `id` is what people call it."""

    kind: str
    pk: int
    id: str
    score: float


@dataclass(frozen=True)
class Bucket:
    """How many documents carry one value of a facet; a picked value is there even at zero."""

    value: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Results:
    """One page of hits, the number of all, and the buckets of every facet by its name."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[Bucket, ...]]


@dataclass(frozen=True)
class Status:
    """What the index holds: documents per kind, and a name that changes with every rebuild."""

    generation: str
    counts: Mapping[str, int]


class SearchEngine(Protocol):
    """An engine behind the port; settings.SEARCH_ENGINE names its class, made without arguments.

    Every method but `ready` raises SearchUnavailable when the index cannot be reached.
    """

    def search(self, query: SearchQuery) -> Results:
        """Return the documents that match, best first, with facets. Takes any text at all."""

    def suggest(
        self, text: str, *, language: str, kinds: Sequence[str], limit: int
    ) -> tuple[Hit, ...]:
        """Return documents of some kinds with a name that begins so, and any with such a code."""

    def sync(self, upserts: Sequence[Document], deletes: Sequence[str]) -> None:
        """Save documents and drop others by key, at once and lastingly. Safe to repeat."""

    def rebuild(self, documents: Iterable[Document], *, expected: int) -> int:
        """Fill a new index and put it in the old one's place; return how many it holds.

        Raises SuspiciousRebuild, and keeps the old index, when the documents are far fewer than
        expected. A sync during a rebuild is refused as unavailable, never lost in the old index.
        """

    def status(self) -> Status:
        """Return what the index holds."""

    def ready(self) -> bool:
        """Return whether a search could be answered now."""


def buckets(counts: Mapping[str, int], selected: Sequence[str] = ()) -> tuple[Bucket, ...]:
    """Return a facet's buckets, largest first; picked values that match nothing stay at zero."""
    values = {**dict.fromkeys(selected, 0), **counts}
    ordered = sorted(values.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Bucket(value, count, value in selected) for value, count in ordered)
