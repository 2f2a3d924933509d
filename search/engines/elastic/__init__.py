"""The server's engine: Elasticsearch 9.1 or later (docs/search.md)."""

from search.engines.elastic.engine import ElasticEngine

__all__ = ["ElasticEngine"]
