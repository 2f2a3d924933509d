"""The adapter: the port's words on a tantivy index."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache, partial

from django.conf import settings

from tantivy import DocAddress, Occur, Order, Query, Searcher, SearchResult

from search import fields as f
from search import nodes as n
from search.documents.base import Document
from search.engines.base import (
    LEAST_SHARE,
    MOST_VALUES,
    Asked,
    Bucket,
    Hit,
    Results,
    SearchEngine,
    SearchUnavailable,
    StaleCursor,
    Status,
    SuspiciousRebuild,
    buckets,
)
from search.engines.tantivy.schema import place, to_tantivy
from search.engines.tantivy.store import IndexStore
from search.engines.tantivy.translate import places, to_query


class TantivyEngine(SearchEngine):
    """A search engine inside the process."""

    def __init__(self) -> None:
        self.store = IndexStore(settings.SEARCH_INDEX_DIR)

    def finds(self, queries: Sequence[n.Query]) -> list[bool]:
        """Return of each query whether any document matches it; the first that does ends it."""
        found = [False] * len(queries)
        with self._reading() as searcher:
            for place, query in enumerate(queries):
                if searcher.search(to_query(query), 1, count=False).hits:
                    # What comes after asks for less, and matches too.
                    return [*found[:place], *[True] * (len(queries) - place)]
        return found

    def find(self, asked: Asked) -> Results:
        """Return one page of what is asked, with the counts of its facets."""
        with self._reading() as searcher:
            page = _sorted_page if asked.query.sort else _best_page
            pool = _pool(os.getpid())
            turned = pool.submit(page, searcher, asked)
            facets = _facets(searcher, asked, pool)
            total, hits, following = turned.result()
            return Results(
                total=total,
                hits=tuple(hits),
                facets=facets,
                next=following,
                is_inexact=asked.is_inexact,
            )

    def first(self, query: n.Ranked, limit: int) -> tuple[Hit, ...]:
        """Return the best documents of a query, uncounted."""
        with self._reading() as searcher:
            found = searcher.search(to_query(query), limit, count=False, weight_by_field=f.BOOST)
            return tuple(_hit(searcher, address, score) for score, address in found.hits)

    def sync(self, upserts: Sequence[Document], deletes: Sequence[str]) -> None:
        """Save documents and drop others by key, in one commit."""
        with self.store.writing() as writer:
            for key in [*(document.key for document in upserts), *deletes]:
                writer.delete_documents_by_term(f.KEY, key)
            for document in upserts:
                writer.add_document(to_tantivy(document))

    def rebuild(self, documents: Iterable[Document], *, expected: int) -> int:
        """Fill a new index beside the old one and swap them; return how many it holds."""
        with self.store.replacing() as writer:
            indexed = 0
            for document in documents:
                writer.add_document(to_tantivy(document))
                indexed += 1
            if indexed < expected * LEAST_SHARE or (indexed == 0 and self._holds_something()):
                raise SuspiciousRebuild(f"Indexed {indexed} of {expected}; the old index stays")
        return indexed

    def digests(self) -> Iterator[tuple[str, str]]:
        """Yield the key of every document in the index with its digest, in any order."""
        with self._reading() as searcher:
            found = searcher.search(Query.all_query(), max(searcher.num_docs, 1), count=False)
            for _score, address in found.hits:
                stored = searcher.doc(address)
                yield str(stored.get_first(f.KEY)), str(stored.get_first(f.DIGEST))

    def status(self) -> Status:
        """Return what the index holds."""
        with self._reading() as searcher:
            counts = _counts(searcher, Query.all_query(), [f.KIND])[f.KIND]
            return Status(generation=self.store.current().name, counts=counts)

    def prune(self) -> list[str]:
        """Remove what earlier or broken rebuilds have left; return the names."""
        return self.store.prune()

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


DRIFT = 50  # how far the end of a page is looked for when the ranking has changed meanwhile
PASSES = 4
LAST_OF_A_PAGE = re.compile(r"[a-z]+:[0-9]{1,20}")
MOST_OF_A_CURSOR = place(f.LAST + 1)  # what has no number of an order is paged through, too
Page = tuple[int, list[Hit], str]


@cache
def _pool(_process: int) -> ThreadPoolExecutor:
    """Return the threads in which one search goes through the index several times at once.

    tantivy lets go of the interpreter meanwhile. A process that was forked has none of them.
    """
    return ThreadPoolExecutor(PASSES, "search")


def _best_page(searcher: Searcher, asked: Asked) -> Page:
    """Return total, hits and cursor, best first.

    tantivy pages the best match by number alone. The cursor says how many came before and which
    was the last, so that a page goes on after it also when some have come or gone meanwhile.
    """
    query, ranked = asked.query, to_query(asked.ranked())
    before, last = _left_off(query.after) if query.after else (query.offset, "")
    if before > searcher.num_docs and last:
        raise StaleCursor(query.after)  # tantivy makes room for so many, and ends the process
    begin = max(before - DRIFT, 0) if last else before
    wanted = max(query.limit, 1) + (before - begin + DRIFT if last else 0)
    found = searcher.search(ranked, wanted, offset=begin, weight_by_field=f.BOOST)
    keyed = [(_hit(searcher, address, score), address) for score, address in found.hits]
    places = [hit.key for hit, _address in keyed]
    first = places.index(last) + 1 if last in places else before - begin
    page = keyed[first : first + query.limit]
    if query.explain:
        page = [(_explained(hit, searcher, ranked, address), address) for hit, address in page]
    hits = [hit for hit, _address in page]
    total, end = _number(found), begin + first + len(hits)
    return total, hits, f"{end}_{hits[-1].key}" if hits and end < total else ""


def _left_off(after: str) -> tuple[int, str]:
    """Return how many hits came before a page and the last of them. Raises StaleCursor."""
    number, _, last = after.partition("_")
    if not LAST_OF_A_PAGE.fullmatch(last):
        raise StaleCursor(after)
    return _cursor(number), last


def _sorted_page(searcher: Searcher, asked: Asked) -> Page:
    """Return total, hits and cursor in another order; the cursor is the last hit's place in it."""
    query, matching = asked.query, to_query(asked.narrowed())
    wanted = matching
    if query.after:
        rest = places(f.column(query.sort), low=_cursor(query.after) + 1)
        wanted = Query.boolean_query([(Occur.Must, matching), (Occur.Must, rest)])
    found = searcher.search(
        wanted,
        query.limit + 1,
        offset=0 if query.after else query.offset,
        order_by_field=f.column(query.sort),
        order=Order.Asc,
    )
    hits = [_hit(searcher, address, 0.0) for _place, address in found.hits[: query.limit]]
    more = len(found.hits) > query.limit > 0
    total = _number(searcher.search(matching, 1) if query.after else found)
    return total, hits, str(found.hits[query.limit - 1][0]) if more else ""


def _cursor(after: str) -> int:
    if not (after.isascii() and after.isdecimal()) or int(after[:20]) >= MOST_OF_A_CURSOR:
        raise StaleCursor(after)
    return int(after)


def _facets(
    searcher: Searcher, asked: Asked, pool: ThreadPoolExecutor
) -> dict[str, tuple[Bucket, ...]]:
    """Count the values of every facet; a facet's own choice does not narrow its counts."""
    names = asked.query.facets
    picked = [name for name in names if asked.picked(name)]
    others = [name for name in names if name not in picked]
    queries = [asked.narrowed(), *(asked.narrowed(but=name) for name in picked)]
    together = [others, *([name] for name in picked)]
    counts: dict[str, dict[str, int]] = {}
    for found in pool.map(partial(_counts, searcher), map(to_query, queries), together):
        counts |= found
    return {name: buckets(counts[name], asked.picked(name)) for name in names}


def _counts(searcher: Searcher, query: Query, names: Sequence[str]) -> dict[str, dict[str, int]]:
    if not names:
        return {}
    asked = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in names}
    answer = searcher.aggregate(query, asked)
    return {
        name: {row["key"]: row["doc_count"] for row in answer[name]["buckets"]} for name in names
    }


def _hit(searcher: Searcher, address: DocAddress, score: float) -> Hit:
    stored = searcher.doc(address)
    kind, _, pk = str(stored.get_first(f.KEY)).rpartition(":")
    return Hit(kind=kind, pk=int(pk), id=str(stored.get_first(f.ID)), score=score)


def _explained(hit: Hit, searcher: Searcher, query: Query, address: DocAddress) -> Hit:
    words = query.explain(searcher, address).to_json()
    return Hit(hit.kind, hit.pk, hit.id, hit.score, words)


def _number(found: SearchResult) -> int:
    """Return how many documents matched, which the stubs of tantivy forget to mention."""
    return int(found.count)  # type: ignore[attr-defined]
