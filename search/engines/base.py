"""The port: what the site asks of a search engine, in words no engine owns."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils import timezone

from core.text import nfc
from search import keyboards, ranking, shares
from search.documents.base import FACETS, Document, document_key
from search.fields import ASSAYED
from search.meaning import Meaning, read
from search.nodes import OneOf, Query, Ranked
from search.words import query_words

# No facet has more values than this; provinces are 34, families of the flora some 300.
MOST_VALUES = 1000
# A rebuild that finds less than this share of the records is taken for a mistake.
LEAST_SHARE = 0.9


class SearchError(Exception):
    """Something about searching that callers may catch."""


class SearchUnavailable(SearchError):
    """The index cannot be read or written now; trying again later may help."""


class SuspiciousRebuild(SearchError):
    """A rebuild produced far fewer documents than there are records; the old index stays."""


class StaleCursor(SearchError):
    """The page asked for does not belong to this search."""


@dataclass(frozen=True, kw_only=True)
class SearchQuery:
    """What somebody looks for. Several values of one facet widen it, facets narrow each other.

    Empty text asks for everything; text without a single letter or digit finds nothing. `at_most`
    is a price per kilogram in minor units. `after` goes on where a page ended (Results.next).
    """

    text: str = ""
    language: str
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    certified: bool = False
    at_most: int | None = None
    sort: str = ""
    facets: tuple[str, ...] = FACETS
    limit: int = 20
    offset: int = 0
    after: str = ""
    explain: bool = False


@dataclass(frozen=True)
class Hit:
    """A document that matched: `pk` finds its record, `id` is what people call it."""

    kind: str
    pk: int
    id: str
    score: float
    explanation: str = ""

    @property
    def key(self) -> str:
        """The document's name in the index."""
        return document_key(self.kind, self.pk)


@dataclass(frozen=True)
class Bucket:
    """How many documents carry one value of a facet; a picked value is there even at zero."""

    value: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Results:
    """One page of hits, the number of all, and the buckets of every facet by its name.

    `is_inexact` says that nothing held all the words as they were typed. `next` asks for the page
    that follows, and is empty on the last. `read_as` is what a text in Telex or VNI was read as.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[Bucket, ...]]
    next: str = ""
    is_inexact: bool = False
    read_as: str = ""


@dataclass(frozen=True)
class Status:
    """What the index holds: documents per kind, and a name that changes with every rebuild."""

    generation: str
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Understood:
    """A text, what it means, and what matches it; `is_inexact` as in Results."""

    text: str
    meaning: Meaning
    matching: Query
    is_inexact: bool


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What an engine is asked for a page: what matches, what narrows it, and in which order.

    `narrowed(but)` leaves out the choice of one facet, for its own counts.
    """

    matching: Query
    always: tuple[Query, ...]
    chosen: Mapping[str, tuple[str, ...]]
    order: tuple[Query, ...]
    query: SearchQuery
    is_inexact: bool = False

    def ranked(self) -> Ranked:
        """Return the whole as one query."""
        return ranking.ranked(
            self.matching, [*self.always, *ranking.narrowing(self.chosen)], self.order
        )

    def narrowed(self, but: str = "") -> Query:
        """Return what matches, for counting."""
        narrowing = ranking.narrowing(self.chosen, but=but)
        return ranking.Every((self.matching, *self.always, *narrowing))

    def picked(self, facet: str) -> tuple[str, ...]:
        """Return the values of a facet that were chosen."""
        return tuple(self.chosen.get(facet, ()))


class SearchEngine(ABC):
    """An engine behind the port; settings.SEARCH_ENGINE names its class, made without arguments.

    Every method but `ready` raises SearchUnavailable when the index cannot be reached. What matches
    and in which order is the same for all: an engine only answers queries of nodes.
    """

    def search(self, query: SearchQuery) -> Results:
        """Return the documents that match, best first, with facets. Takes any text at all."""
        found = self._understand(query.text, query.language)
        meaning = found.meaning
        limits = [price for price in (query.at_most, meaning.at_most) if price is not None]
        if query.text.strip() and not (meaning.words or limits or meaning.at_least):
            return nothing(query)
        narrowing = ranking.narrowing(
            {}, certified=query.certified, at_most=min(limits, default=None)
        )
        results = self.find(
            Asked(
                matching=found.matching,
                always=(
                    ranking.for_readers(query.language),
                    *ranking.quoted(meaning),
                    *narrowing,
                    *(OneOf(ASSAYED, shares.at_least(*share)) for share in meaning.at_least),
                ),
                chosen={name: values for name, values in query.filters.items() if values},
                order=ranking.scoring(meaning, slips=found.is_inexact, today=timezone.localdate()),
                query=query,
                is_inexact=found.is_inexact,
            )
        )
        return replace(results, read_as=found.text if found.text != query.text else "")

    def suggest(
        self, text: str, *, language: str, kinds: Sequence[str], limit: int
    ) -> tuple[Hit, ...]:
        """Return documents of some kinds with a name that begins so, and any with such a code."""
        for meant in dict.fromkeys((text, keyboards.as_meant(text))):
            words = query_words(meant)
            query = ranking.suggesting(words, language=language, kinds=kinds) if words else None
            if query and (hits := self.first(query, limit)):
                return hits
        return ()

    def nearest(self, text: str, *, language: str, limit: int) -> tuple[Hit, ...]:
        """Return documents with a name that begins a little like a word of the text."""
        words = query_words(text)
        query = ranking.beginning_alike(words, language=language)
        return self.first(query, limit) if query else ()

    def _understand(self, text: str, language: str) -> Understood:
        """Return what a text means: as it was typed, or as Telex or VNI where only that is found.

        Decided by the text alone, before anybody narrows it: otherwise picking a facet could change
        what the text means.
        """
        typed = self._read(text, language)
        if not typed.is_inexact or (meant := keyboards.as_meant(text)) == nfc(text):
            return typed
        decoded = self._read(meant, language)
        # Marks that were typed one by one are meant: what lacks them is not found by chance.
        marked = ranking.Every((decoded.matching, ranking.accented(decoded.meaning)))
        return decoded if not decoded.is_inexact and all(self.finds([marked])) else typed

    def _read(self, text: str, language: str) -> Understood:
        meaning = read(text, shares.compounds_in(text))
        return Understood(text, meaning, *self._matching(meaning, language))

    def _matching(self, meaning: Meaning, language: str) -> tuple[Query, bool]:
        """Return what matches a text, and whether slips had to be forgiven for it.

        All its words if that finds anything, else less and less. Unless some document's names hold
        every word, those join whose whole name is part of the text, because "quế Văn Yên" is first
        of all quế, or begins with it, because one is still typing.
        """
        if not meaning.words:
            return ranking.everything(), False
        steps = [
            ranking.in_names(meaning),
            ranking.anywhere(meaning),
            ranking.nearly(meaning),
            ranking.mostly(meaning),
        ]
        here = (ranking.for_readers(language), *ranking.quoted(meaning))
        in_names, anywhere, nearly, mostly = self.finds(
            [ranking.Every((step, *here)) for step in steps]
        )
        if in_names:
            return steps[1], False
        named = ranking.named_in(meaning)
        if anywhere:
            return ranking.Either((steps[1], named)), False
        if nearly:
            return ranking.Either((steps[2], named)), True
        if mostly:
            return ranking.Either((steps[3], named)), True
        return named, True

    @abstractmethod
    def finds(self, queries: Sequence[Query]) -> list[bool]:
        """Return of each query whether any document matches it."""

    @abstractmethod
    def find(self, asked: Asked) -> Results:
        """Return one page of what is asked, with the counts of its facets."""

    @abstractmethod
    def first(self, query: Ranked, limit: int) -> tuple[Hit, ...]:
        """Return the best documents of a query, uncounted."""

    @abstractmethod
    def sync(self, upserts: Sequence[Document], deletes: Sequence[str]) -> None:
        """Save documents and drop others by key, at once and lastingly. Safe to repeat."""

    @abstractmethod
    def rebuild(self, documents: Iterable[Document], *, expected: int) -> int:
        """Fill a new index and put it in the old one's place; return how many it holds.

        Raises SuspiciousRebuild, and keeps the old index, when the documents are far fewer than
        expected. A sync during a rebuild goes into the old index: whoever rebuilds sees to it that
        it is repeated (search.outbox).
        """

    @abstractmethod
    def digests(self) -> Iterable[tuple[str, str]]:
        """Yield the key of every document in the index with its digest, in any order."""

    @abstractmethod
    def status(self) -> Status:
        """Return what the index holds."""

    @abstractmethod
    def prune(self) -> list[str]:
        """Remove what earlier or broken rebuilds have left; return the names."""

    @abstractmethod
    def ready(self) -> bool:
        """Return whether a search could be answered now."""


def nothing(query: SearchQuery) -> Results:
    """Return results without hits; what was picked stays visible."""
    picked = {name: buckets({}, query.filters.get(name, ())) for name in query.facets}
    return Results(0, (), picked)


def buckets(counts: Mapping[str, int], selected: Sequence[str] = ()) -> tuple[Bucket, ...]:
    """Return a facet's buckets, largest first; picked values that match nothing stay at zero."""
    values = {**dict.fromkeys(selected, 0), **counts}
    ordered = sorted(values.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Bucket(value, count, value in selected) for value, count in ordered)
