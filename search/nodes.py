"""Queries as data: what an engine is asked, in words no engine owns.

Adapters translate these few nodes and nothing else; what is asked is decided in search.ranking.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Everything:
    """Match all documents."""


@dataclass(frozen=True)
class Term:
    """Match documents that hold a term in a field."""

    field: str
    value: str


@dataclass(frozen=True)
class OneOf:
    """Match documents that hold one of the terms; none when there is no term."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Begins:
    """Match documents that hold a term beginning so."""

    field: str
    text: str


@dataclass(frozen=True)
class Slip:
    """Match documents that hold a term at most so many letters away."""

    field: str
    text: str
    letters: int


@dataclass(frozen=True)
class Phrase:
    """Match documents that hold the words side by side, in this order."""

    field: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Between:
    """Match documents whose number lies between two, both of them included; None is no limit."""

    field: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class Every:
    """Match what all queries match."""

    queries: "tuple[Query, ...]"


@dataclass(frozen=True)
class Either:
    """Match what at least so many of the queries match; nothing when there are none."""

    queries: "tuple[Query, ...]"
    at_least: int = 1


@dataclass(frozen=True)
class Worth:
    """Match the same and let it count for so much, however often the words stand there."""

    query: "Query"
    score: float


@dataclass(frozen=True)
class Weighed:
    """Match the same and count its BM25 times a factor."""

    query: "Query"
    factor: float


@dataclass(frozen=True)
class Ranked:
    """Match what `every` matches; what the queries of `order` are worth adds up to the place."""

    every: "tuple[Query, ...]"
    order: "tuple[Query, ...]"


Query = (
    Everything
    | Term
    | OneOf
    | Begins
    | Slip
    | Phrase
    | Between
    | Every
    | Either
    | Worth
    | Weighed
    | Ranked
)
