"""The adapter: the port's words on a tantivy index."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.conf import settings

from tantivy import DocAddress, Query, Searcher, SearchResult

from search.documents.base import FACETS, Document
from search.engines.base import (
    Bucket,
    Hit,
    Results,
    SearchQuery,
    SearchUnavailable,
    Status,
    SuspiciousRebuild,
    buckets,
)
from search.engines.tantivy import queries as q
from search.engines.tantivy import schema as s
from search.engines.tantivy.store import IndexStore
from search.words import Word, query_words

# No facet has more values than this; provinces are 34, families of the flora some 300.
MOST_VALUES = 1000
# A rebuild that finds less than this share of the records is taken for a mistake.
LEAST_SHARE = 0.9


class TantivyEngine:
    """A search engine inside the process; implements search.engines.base.SearchEngine."""

    def __init__(self) -> None:
        self.store = IndexStore(settings.SEARCH_INDEX_DIR)

    def search(self, query: SearchQuery) -> Results:
        """Return the documents that match, best first, with facets. Takes any text at all."""
        words = query_words(query.text)
        if query.text.strip() and not words:
            return Results(0, (), {name: buckets({}, _picked(query, name)) for name in FACETS})
        with self._reading() as searcher:
            matching, slips = _matching(searcher, words, query.language)
            everything = q.ranked(matching, _narrowing(query), words, slips=slips)
            found = searcher.search(
                everything, max(query.limit, 1), offset=query.offset, weight_by_field=s.WEIGHT
            )
            hits = [_hit(searcher, address, score) for score, address in found.hits]
            return Results(
                total=_number(found),
                hits=tuple(hits[: query.limit]),
                facets=_facets(searcher, matching, query),
            )

    def suggest(
        self, text: str, *, language: str, kinds: Sequence[str], limit: int
    ) -> tuple[Hit, ...]:
        """Return documents of some kinds with a name that begins so, and any with such a code."""
        words = query_words(text)
        if not words:
            return ()
        with self._reading() as searcher:
            suggesting = q.suggesting(words, language=language, kinds=kinds)
            found = searcher.search(suggesting, limit, count=False, weight_by_field=s.WEIGHT)
            return tuple(_hit(searcher, address, score) for score, address in found.hits)

    def sync(self, upserts: Sequence[Document], deletes: Sequence[str]) -> None:
        """Save documents and drop others by key, in one commit."""
        with self.store.writing() as writer:
            for key in [*(document.key for document in upserts), *deletes]:
                writer.delete_documents_by_term(s.KEY, key)
            for document in upserts:
                writer.add_document(s.to_tantivy(document))

    def rebuild(self, documents: Iterable[Document], *, expected: int) -> int:
        """Fill a new index beside the old one and swap them; return how many it holds."""
        with self.store.frozen(), self.store.replacing() as writer:
            indexed = 0
            for document in documents:
                writer.add_document(s.to_tantivy(document))
                indexed += 1
            if indexed < expected * LEAST_SHARE or (indexed == 0 and self._holds_something()):
                raise SuspiciousRebuild(f"Indexed {indexed} of {expected}; the old index stays")
        return indexed

    def status(self) -> Status:
        """Return what the index holds."""
        with self._reading() as searcher:
            counts = _counts(searcher, Query.all_query(), [s.KIND])[s.KIND]
            return Status(generation=self.store.current().name, counts=counts)

    def ready(self) -> bool:
        """Return whether a search could be answered now."""
        try:
            self.store.searcher()
        except SearchUnavailable:
            return False
        return True

    def _holds_something(self) -> bool:
        try:
            return self.store.searcher().num_docs > 0
        except SearchUnavailable:
            return False

    @contextmanager
    def _reading(self) -> Iterator[Searcher]:
        searcher = self.store.searcher()
        try:
            yield searcher
        except (OSError, ValueError) as error:  # tantivy says everything with a ValueError
            raise SearchUnavailable("The search index cannot be read") from error


def _matching(searcher: Searcher, words: list[Word], language: str) -> tuple[Query, bool]:
    """Return what matches a text, and whether slips of the finger had to be forgiven for it.

    All its words if that finds anything, else less and less.
    Decided by the text alone, before anybody narrows it: otherwise picking a facet could change
    what the text means. Unless some document's names hold every word, those join whose whole name
    is part of the text, because "quế Văn Yên" is first of all quế.
    """
    if not words:
        return Query.all_query(), False
    here = q.filters({}, language=language, certified=False)

    def finds(matching: Query) -> bool:
        return _number(searcher.search(q.every([matching, *here]), 1)) > 0

    if finds(q.in_names(words)):
        return q.anywhere(words), False
    named = q.named_in(words)
    for widen, slips in (
        (q.anywhere, False),
        (q.nearly, True),
        (q.mostly, False),
    ):
        matching = widen(words)
        if finds(matching):
            return q.either([matching, named]), slips
    return named, False


def _narrowing(query: SearchQuery, but: str = "") -> list[Query]:
    chosen = {name: query.filters[name] for name in FACETS if query.filters.get(name)}
    return q.filters(chosen, language=query.language, certified=query.certified, but=but)


def _picked(query: SearchQuery, name: str) -> tuple[str, ...]:
    return tuple(query.filters.get(name, ()))


def _facets(
    searcher: Searcher, matching: Query, query: SearchQuery
) -> dict[str, tuple[Bucket, ...]]:
    """Count the values of every facet; a facet's own choice does not narrow its counts."""
    free = [name for name in FACETS if not _picked(query, name)]
    counts = _counts(searcher, q.every([matching, *_narrowing(query)]), free)
    for name in FACETS:
        if _picked(query, name):
            others = q.every([matching, *_narrowing(query, but=name)])
            counts |= _counts(searcher, others, [name])
    return {name: buckets(counts[name], _picked(query, name)) for name in FACETS}


def _counts(searcher: Searcher, query: Query, names: list[str]) -> dict[str, dict[str, int]]:
    if not names:
        return {}
    asked = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in names}
    answer = searcher.aggregate(query, asked)
    return {
        name: {row["key"]: row["doc_count"] for row in answer[name]["buckets"]} for name in names
    }


def _hit(searcher: Searcher, address: DocAddress, score: float) -> Hit:
    stored = searcher.doc(address)
    kind, _, pk = str(stored.get_first(s.KEY)).rpartition(":")
    return Hit(kind=kind, pk=int(pk), id=str(stored.get_first(s.ID)), score=score)


def _number(found: SearchResult) -> int:
    """Return how many documents matched, which the stubs of tantivy forget to mention."""
    return int(found.count)  # type: ignore[attr-defined]
