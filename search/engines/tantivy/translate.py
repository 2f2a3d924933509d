"""Nodes in, tantivy queries out. Nothing somebody typed is ever parsed as query syntax."""

from collections.abc import Iterable
from functools import singledispatch

from tantivy import FieldType, Occur, Query

from search import nodes as n
from search.engines.tantivy.schema import place, schema

# A set of terms is first looked up in the whole index, a handful where other words match only.
FEW = 8


@singledispatch
def to_query(node: n.Query) -> Query:
    """Return a node as tantivy's query."""
    raise TypeError(f"no translation for {node!r}")


@to_query.register
def _everything(node: n.Everything) -> Query:
    return Query.all_query()


@to_query.register
def _term(node: n.Term) -> Query:
    return Query.term_query(schema(), node.field, node.value)


@to_query.register
def _one_of(node: n.OneOf) -> Query:
    if len(node.values) > FEW:
        return Query.term_set_query(schema(), node.field, list(node.values))
    terms = [n.Term(node.field, value) for value in node.values]
    any_of_them = to_query(terms[0] if len(terms) == 1 else n.Either(tuple(terms)))
    return Query.const_score_query(any_of_them, 1.0)  # as a set scores


@to_query.register
def _begins(node: n.Begins) -> Query:
    return Query.fuzzy_term_query(schema(), node.field, node.text, distance=0, prefix=True)


@to_query.register
def _slip(node: n.Slip) -> Query:
    return Query.fuzzy_term_query(schema(), node.field, node.text, distance=node.letters)


@to_query.register
def _phrase(node: n.Phrase) -> Query:
    return Query.phrase_query(schema(), node.field, list(node.words))


@to_query.register
def _between(node: n.Between) -> Query:
    low = None if node.low is None else place(node.low)
    high = None if node.high is None else place(node.high + 1) - 1
    return places(node.field, low, high)


def places(field: str, low: int | None = None, high: int | None = None) -> Query:
    """Return a query for what stands between two places of an order."""
    if low is None and high is None:
        return Query.all_query()
    return Query.range_query(schema(), field, FieldType.Unsigned, low, high)


@to_query.register
def _every(node: n.Every) -> Query:
    return Query.boolean_query(_all(Occur.Must, node.queries))


@to_query.register
def _either(node: n.Either) -> Query:
    return Query.boolean_query(_all(Occur.Should, node.queries), node.at_least)


@to_query.register
def _worth(node: n.Worth) -> Query:
    return Query.const_score_query(to_query(node.query), node.score)


@to_query.register
def _weighed(node: n.Weighed) -> Query:
    return Query.boost_query(to_query(node.query), node.factor)


@to_query.register
def _ranked(node: n.Ranked) -> Query:
    return Query.boolean_query([*_all(Occur.Must, node.every), *_all(Occur.Should, node.order)])


def _all(occur: Occur, queries: Iterable[n.Query]) -> list[tuple[Occur, Query]]:
    return [(occur, to_query(query)) for query in queries]
