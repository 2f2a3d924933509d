"""The indices behind one alias: how they are laid out, named, filled and swapped."""

import secrets
import time
from collections.abc import Iterable, Iterator
from typing import Any

from elasticsearch import Elasticsearch, helpers
from elasticsearch.dsl import Index, Keyword, Long, Mapping, Text
from elasticsearch.dsl.field import Double

from search import fields as f
from search.documents.base import Document

# While an index is filled nobody reads it, and copies of it would only be made twice.
FILLING = {"refresh_interval": "-1", "number_of_replicas": 0}
IN_USE = {"refresh_interval": "1s", "number_of_replicas": 1}
CHUNK = 1000


def alias(prefix: str) -> str:
    """Return the name under which the index in use is asked; one of another version has its own."""
    return f"{prefix}-v{f.VERSION}"


def new_index(client: Elasticsearch, prefix: str) -> str:
    """Create an empty index beside the one in use; return its name."""
    stamp = time.strftime("%Y%m%d%H%M%S", time.gmtime())
    name = f"{alias(prefix)}-{stamp}-{secrets.token_hex(4)}"
    index = Index(name, using=client)
    index.settings(number_of_shards=1, **FILLING)
    index.mapping(mapping())
    index.create()
    return name


def mapping() -> Mapping:
    """Return the types of the columns. Text is words already, apart by spaces."""
    columns = Mapping()
    columns.meta("dynamic", "strict")
    for name in (*f.STORED, *f.TERMS, *f.COUNTED, f.DIGEST):
        columns.field(name, Keyword())
    for name in f.WORDS:
        columns.field(name, Text(analyzer="whitespace"))
    for name in (*map(f.column, f.SORTS), f.TIE):
        columns.field(name, Long())
    columns.field(f.BOOST, Double())
    return columns


def source(document: Document) -> dict[str, Any]:
    """Return a document as an index holds it."""
    row = f.row(document)
    return {
        **{name: values for name, values in row.terms.items() if values},
        **row.numbers,
        f.TIE: row.tie,
        f.BOOST: row.boost,
        f.DIGEST: row.digest,
    }


def fill(client: Elasticsearch, name: str, documents: Iterable[Document]) -> int:
    """Put documents into an index by the thousand; return how many. Raises BulkIndexError."""
    actions = (
        {"_index": name, "_id": document.key, "_source": source(document)} for document in documents
    )
    filled = 0
    for _ok, _answer in helpers.streaming_bulk(client, actions, chunk_size=CHUNK):
        filled += 1
    return filled


def take_into_use(client: Elasticsearch, name: str, prefix: str) -> None:
    """Let the alias mean this index and no other, in one step."""
    client.indices.put_settings(index=name, settings=IN_USE)
    client.indices.refresh(index=name)
    actions: list[dict[str, Any]] = [
        {"remove": {"index": old, "alias": alias(prefix)}} for old in in_use(client, prefix)
    ]
    actions.append({"add": {"index": name, "alias": alias(prefix)}})
    client.indices.update_aliases(actions=actions)


def in_use(client: Elasticsearch, prefix: str) -> list[str]:
    """Return what the alias means: one index, or none."""
    if not client.indices.exists_alias(name=alias(prefix)):
        return []
    return sorted(client.indices.get_alias(name=alias(prefix)))


def left_over(client: Elasticsearch, prefix: str) -> Iterator[str]:
    """Yield our indices that no alias means, of every version."""
    used = set(in_use(client, prefix))
    for name in sorted(client.indices.get(index=f"{prefix}-v*", ignore_unavailable=True)):
        if name not in used:
            yield name
