"""Filling an index of a cluster beside the client's own bulk helper given the same, ready-made."""

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch, helpers

from search.documents.lots import LotDocument
from search.engines.elastic import index
from tests.benchmarks.timing import say
from tests.search.servers.node import PlainNode
from tests.search.servers.opensearch import is_assembled, opensearch

DOCUMENTS = 30_000
ROUNDS = 3


def measure() -> None:
    """Print what filling costs; needs `make search-node`."""
    if not is_assembled():
        sys.stdout.write("bulk into a cluster: not measured, `make search-node` assembles one\n")
        return
    lots = LotDocument.queryset().order_by("pk")[:DOCUMENTS]
    documents = list(LotDocument.maker()(list(lots)))
    ready = [(document.key, index.source(document)) for document in documents]
    with tempfile.TemporaryDirectory() as folder, opensearch(Path(folder)) as address:
        client = Elasticsearch(address, node_class=PlainNode, request_timeout=60)
        bare, ours = [], []
        for _round in range(ROUNDS):
            bare.append(_seconds(client, lambda name: _bulk(client, name, ready)))
            ours.append(_seconds(client, lambda name: index.fill(client, name, documents)))
    rate = min(bare) / min(ours)
    detail = f"{len(documents) / min(ours):,.0f} documents/s"
    say(f"bulk of {len(documents):,} documents, rate", rate, "the client's own helper", detail)


def _seconds(client: Elasticsearch, fill: Any) -> float:
    """Return how long filling a new index takes."""
    name = index.new_index(client, "bench")
    begin = time.perf_counter()
    fill(name)
    taken = time.perf_counter() - begin
    client.indices.delete(index=name)
    return taken


def _bulk(client: Elasticsearch, name: str, ready: list[tuple[str, dict]]) -> None:
    actions = ({"_index": name, "_id": key, "_source": source} for key, source in ready)
    helpers.bulk(client, actions, chunk_size=index.CHUNK)
