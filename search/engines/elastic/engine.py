"""The adapter: the port's words on an Elasticsearch index."""

import json
import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

from django.conf import settings

from elastic_transport import BaseNode, TransportError, Urllib3HttpNode
from elasticsearch import ApiError, Elasticsearch, helpers
from elasticsearch.dsl import A, MultiSearch, Search

from search import fields as f
from search import nodes as n
from search import ranking
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
from search.engines.elastic import index
from search.engines.elastic.translate import to_query

logger = logging.getLogger(__name__)

READ_SECONDS = 1.0
WRITE_SECONDS = 60.0
MOST_OF_A_CURSOR = 2**62


class ElasticEngine(SearchEngine):
    """A cluster that several web servers and workers share."""

    least_version: ClassVar[tuple[int, ...]] = (9, 1)
    node_class: ClassVar[type[BaseNode]] = Urllib3HttpNode
    refresh: ClassVar[bool | str] = "wait_for"

    def __init__(self) -> None:
        self.prefix: str = settings.ELASTICSEARCH_INDEX
        self.alias = index.alias(self.prefix)
        self._reader = self._client(READ_SECONDS)
        self._writer = self._client(WRITE_SECONDS)
        self._is_new_enough = False

    def _client(self, seconds: float) -> Elasticsearch:
        return Elasticsearch(
            settings.ELASTICSEARCH_URL,
            api_key=settings.ELASTICSEARCH_API_KEY or None,
            node_class=self.node_class,
            request_timeout=seconds,
            max_retries=0,
            retry_on_timeout=False,
        )

    def finds(self, queries: Sequence[n.Query]) -> list[bool]:
        """Return of each query whether any document matches it, in one request."""
        asked = MultiSearch(using=self._reader, index=self.alias)
        for query in queries:
            asked = asked.add(Search().query(to_query(query)).extra(size=1, _source=False))
        with self._reading():
            return [bool(answer.hits) for answer in asked.execute()]

    def find(self, asked: Asked) -> Results:
        """Return one page of what is asked, with the counts of its facets."""
        with self._reading() as client:
            answer = _page(asked, client, self.alias).execute()
        found: Any = answer.hits
        limit = asked.query.limit
        return Results(
            total=found.total.value,
            hits=tuple(_hit(hit) for hit in found[:limit]),
            facets=_facets(asked, answer.aggregations.to_dict()),
            next=_cursor(found[limit - 1]) if len(found) > limit > 0 else "",
            is_inexact=asked.is_inexact,
        )

    def first(self, query: n.Ranked, limit: int) -> tuple[Hit, ...]:
        """Return the best documents of a query, uncounted."""
        with self._reading() as client:
            search = Search(using=client, index=self.alias).query(to_query(query))
            answer = search.source([f.KEY, f.ID]).extra(size=limit).execute()
        return tuple(_hit(found) for found in answer.hits)

    def sync(self, upserts: Sequence[Document], deletes: Sequence[str]) -> None:
        """Save documents and drop others by key, in one request."""
        actions: list[dict[str, Any]] = [
            {"_index": self.alias, "_id": document.key, "_source": index.source(document)}
            for document in upserts
        ]
        actions += [{"_op_type": "delete", "_index": self.alias, "_id": key} for key in deletes]
        with self._writing() as client:
            self._require_index(client)
            answers: Any = helpers.bulk(client, actions, refresh=self.refresh, raise_on_error=False)
            # What is to be dropped may never have been there.
            faults = [one for one in answers[1] if one.get("delete", {}).get("status") != 404]
            if faults:
                raise SearchUnavailable(f"{len(faults)} changes were refused: {faults[0]}")

    def rebuild(self, documents: Iterable[Document], *, expected: int) -> int:
        """Fill a new index beside the old one and swap them; return how many it holds."""
        with self._writing() as client:
            held = self._held(client)
            name = index.new_index(client, self.prefix)
            try:
                indexed = index.fill(client, name, documents)
                if indexed < expected * LEAST_SHARE or (indexed == 0 and held):
                    raise SuspiciousRebuild(f"Indexed {indexed} of {expected}; the old one stays")
                index.take_into_use(client, name, self.prefix)
            except BaseException:
                client.indices.delete(index=name, ignore_unavailable=True)
                raise
        self.prune()
        return indexed

    def digests(self) -> Iterator[tuple[str, str]]:
        """Yield the key of every document in the index with its digest, in any order."""
        with self._writing() as client:
            self._require_index(client)
            client.indices.refresh(index=self.alias)
            for found in Search(using=client, index=self.alias).source([f.DIGEST]).scan():
                yield found.meta.id, found[f.DIGEST]

    def status(self) -> Status:
        """Return what the index holds."""
        with self._reading() as client:
            self._require_index(client)
            (name,) = index.in_use(client, self.prefix)
            search = Search(using=client, index=self.alias).extra(size=0)
            search.aggs.bucket(f.KIND, "terms", field=f.KIND, size=MOST_VALUES)
            answer = search.execute().aggregations.to_dict()
        return Status(name, _counts(answer[f.KIND]))

    def prune(self) -> list[str]:
        """Remove what earlier or broken rebuilds have left; return the names."""
        with self._writing() as client:
            names = list(index.left_over(client, self.prefix))
            for name in names:
                client.indices.delete(index=name, ignore_unavailable=True)
        return names

    def ready(self) -> bool:
        """Return whether a search could be answered now."""
        try:
            with self._reading() as client:
                self._require_index(client)
        except SearchUnavailable:
            return False
        return True

    def _require_index(self, client: Elasticsearch) -> None:
        """Raise SearchUnavailable unless there is an index; a write would make one by itself."""
        if not client.indices.exists_alias(name=self.alias):
            raise SearchUnavailable("The search index is not built")

    def _held(self, client: Elasticsearch) -> int:
        there = client.indices.exists_alias(name=self.alias)
        return int(client.count(index=self.alias)["count"]) if there else 0

    @contextmanager
    def _reading(self) -> Iterator[Elasticsearch]:
        with self._reaching(self._reader) as client:
            yield client

    @contextmanager
    def _writing(self) -> Iterator[Elasticsearch]:
        with self._reaching(self._writer) as client:
            yield client

    @contextmanager
    def _reaching(self, client: Elasticsearch) -> Iterator[Elasticsearch]:
        """Say of every trouble between us and the cluster that it is away."""
        try:
            self._require_version(client)
            yield client
        except (TransportError, ApiError) as error:
            logger.warning("Elasticsearch: %s", error)
            raise SearchUnavailable("The search engine cannot be reached") from error

    def _require_version(self, client: Elasticsearch) -> None:
        if self._is_new_enough:
            return
        number = str(client.info()["version"]["number"])
        version = tuple(int(part) for part in number.split(".")[:2] if part.isdecimal())
        if version < self.least_version:
            least = ".".join(map(str, self.least_version))
            raise SearchUnavailable(f"Elasticsearch {number} is older than {least}")
        self._is_new_enough = True


def _page(asked: Asked, client: Elasticsearch, alias: str) -> Search:
    """Return the request for one page: what matches is scored, what is chosen filters after.

    So the counts of a facet are those of what its own choice does not narrow.
    """
    query = asked.query
    matching = ranking.ranked(asked.matching, asked.always, () if query.sort else asked.order)
    search = Search(using=client, index=alias).query(to_query(matching))
    if asked.chosen:
        search = search.post_filter(_chosen(asked))
    for name in query.facets:
        counted = search.aggs.bucket(name, A("filter", filter=_chosen(asked, but=name)))
        counted.bucket("values", "terms", field=name, size=MOST_VALUES)
    order: list[Any] = [f.column(query.sort) or {"_score": "desc"}, f.TIE]
    extra: dict[str, Any] = {"size": query.limit + 1, "track_total_hits": True}
    if query.after:
        extra["search_after"] = _after(query.after)
    elif query.offset:
        extra["from_"] = query.offset
    if query.explain:
        extra["explain"] = True
    return search.sort(*order).source([f.KEY, f.ID]).extra(**extra)


def _chosen(asked: Asked, but: str = "") -> Any:
    return to_query(n.Every(ranking.narrowing(asked.chosen, but=but)))


def _facets(asked: Asked, answer: dict[str, Any]) -> dict[str, tuple[Bucket, ...]]:
    return {
        name: buckets(_counts(answer[name]["values"]), asked.picked(name))
        for name in asked.query.facets
    }


def _counts(answer: dict[str, Any]) -> dict[str, int]:
    return {str(row["key"]): row["doc_count"] for row in answer["buckets"]}


def _hit(found: Any) -> Hit:
    kind, _, pk = found.meta.id.rpartition(":")
    explained = getattr(found.meta, "explanation", None)
    return Hit(
        kind=kind,
        pk=int(pk),
        id=_one(found[f.ID]),
        score=found.meta.score or 0.0,
        explanation=json.dumps(explained.to_dict(), ensure_ascii=False) if explained else "",
    )


def _one(value: Any) -> str:
    return str(value if isinstance(value, str) else value[0])


def _cursor(last: Any) -> str:
    """Return where a page ended: its last hit's place in the order."""
    return "_".join(map(repr, last.meta.sort))


def _after(cursor: str) -> list[float]:
    """Return a cursor as the engine takes it. Raises StaleCursor."""
    try:
        values = [float(part) if "." in part else int(part) for part in cursor.split("_")]
    except ValueError as error:
        raise StaleCursor(cursor) from error
    if len(values) != 2 or any(abs(value) > MOST_OF_A_CURSOR for value in values):
        raise StaleCursor(cursor)
    return values
