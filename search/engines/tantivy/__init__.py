"""The embedded engine: tantivy, an index in a directory beside the database (docs/search.md)."""

from search.engines.tantivy.engine import TantivyEngine

__all__ = ["TantivyEngine"]
