"""The adapter for Elasticsearch: what it sends, and what becomes of a cluster that is away."""

import http.server
import json
import socket
import threading
import time

import pytest

from search import nodes as n
from search.engines import get_engine
from search.engines.base import SearchQuery, SearchUnavailable
from search.engines.elastic import ElasticEngine
from search.engines.elastic.translate import to_query

ENGINE = "search.engines.elastic.ElasticEngine"
ALL = {"match_all": {}}
QUERY = SearchQuery(text="quế", language="vi")


@pytest.mark.parametrize(
    ("node", "query"),
    [
        (n.Everything(), ALL),
        (n.Term("code", "que 1"), {"term": {"code": {"value": "que 1"}}}),
        (n.OneOf("part", ("bark", "leaf")), {"terms": {"part": ["bark", "leaf"]}}),
        (n.OneOf("part", ()), {"match_none": {}}),
        (n.Begins("name_folded", "cinn"), {"prefix": {"name_folded": {"value": "cinn"}}}),
        (
            n.Slip("name_folded", "ligustcum", 2),
            {"fuzzy": {"name_folded": {"value": "ligustcum", "fuzziness": 2}}},
        ),
        (
            n.Phrase("body_folded", ("van", "yen")),
            {"match_phrase": {"body_folded": {"query": "van yen"}}},
        ),
        (n.Between("cheapest", high=90_000), {"range": {"cheapest": {"lte": 90_000}}}),
        (n.Either(()), {"match_none": {}}),
        (
            n.Worth(n.Term("code", "a"), 7.0),
            {"constant_score": {"filter": {"term": {"code": {"value": "a"}}}, "boost": 7.0}},
        ),
        (
            n.Ranked((n.Worth(n.Everything(), 1.0), n.Worth(n.Term("kind", "lots"), 0.0)), ()),
            {
                "function_score": {
                    "query": {
                        "bool": {
                            "must": [{"constant_score": {"filter": ALL, "boost": 1.0}}],
                            "filter": [{"term": {"kind": {"value": "lots"}}}],
                        }
                    },
                    "functions": [{"field_value_factor": {"field": "boost", "missing": 1}}],
                    "boost_mode": "multiply",
                }
            },
        ),
    ],
)
def test_a_node_is_one_query(node, query):
    assert to_query(node).to_dict() == query


@pytest.fixture
def cluster(settings):
    """Let our engine ask this address."""

    def at(address: str) -> ElasticEngine:
        settings.SEARCH_ENGINE = ENGINE
        settings.ELASTICSEARCH_URL = address
        return get_engine()

    return at


@pytest.fixture
def silent():
    """A server that takes a connection and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def answering(version: str):
    """Return a server that says it is an Elasticsearch of some version, and nothing else."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = json.dumps({"version": {"number": version}}).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("x-elastic-product", "Elasticsearch")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            """Say nothing."""

    return http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)


def test_a_cluster_that_is_not_there_is_unavailable(cluster):
    engine = cluster("http://127.0.0.1:1")

    assert engine.ready() is False
    for ask in (
        lambda: engine.search(QUERY),
        lambda: engine.suggest("que", language="vi", kinds=["species"], limit=5),
        lambda: engine.sync([], ["species:1"]),
        lambda: engine.rebuild([], expected=0),
        lambda: list(engine.digests()),
        engine.status,
        engine.prune,
    ):
        with pytest.raises(SearchUnavailable):
            ask()


def test_a_page_waits_a_second_for_a_silent_cluster_and_says_so(cluster, silent, client, db):
    cluster(silent)
    begin = time.monotonic()

    answer = client.get("/vi/search/", {"q": "quế"})

    assert time.monotonic() - begin < 3
    assert answer.status_code == 503
    assert b'href="/vi/species/a-z/"' in answer.content
    assert b'href="/vi/market/"' in answer.content
    assert client.get("/api/v1/search", {"q": "que"}).status_code == 503


@pytest.mark.parametrize(
    ("version", "is_refused"),
    [("8.19.4", True), ("9.0.7", True), ("9.1.0", False), ("10.0.0", False)],
)
def test_a_server_that_is_too_old_is_refused(cluster, version, is_refused):
    with answering(version) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        engine = cluster(f"http://127.0.0.1:{server.server_address[1]}")
        try:
            engine._require_version(engine._reader)
            was_refused = False
        except SearchUnavailable as error:
            was_refused = "older than 9.1" in str(error)
        finally:
            server.shutdown()
    assert was_refused is is_refused
