"""The collection for harvesters: OAI-PMH 2.0 (docs/exports.md)."""

from catalogue.oai.answers import answer

__all__ = ["answer"]
