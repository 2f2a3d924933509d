"""Nodes in, Elasticsearch queries out. Nothing somebody typed is ever parsed as query syntax."""

from collections.abc import Iterable
from functools import singledispatch

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query

from search import fields as f
from search import nodes as n


@singledispatch
def to_query(node: n.Query) -> Query:
    """Return a node as Elasticsearch's query."""
    raise TypeError(f"no translation for {node!r}")


@to_query.register
def _everything(node: n.Everything) -> Query:
    return Q("match_all")


@to_query.register
def _term(node: n.Term) -> Query:
    return Q("term", **{node.field: {"value": node.value}})


@to_query.register
def _one_of(node: n.OneOf) -> Query:
    return Q("terms", **{node.field: list(node.values)}) if node.values else Q("match_none")


@to_query.register
def _begins(node: n.Begins) -> Query:
    return Q("prefix", **{node.field: {"value": node.text}})


@to_query.register
def _slip(node: n.Slip) -> Query:
    return Q("fuzzy", **{node.field: {"value": node.text, "fuzziness": node.letters}})


@to_query.register
def _phrase(node: n.Phrase) -> Query:
    return Q("match_phrase", **{node.field: {"query": " ".join(node.words)}})


@to_query.register
def _between(node: n.Between) -> Query:
    limits = {"gte": node.low, "lte": node.high}
    return Q("range", **{node.field: {k: v for k, v in limits.items() if v is not None}})


@to_query.register
def _every(node: n.Every) -> Query:
    return Q("bool", filter=_all(node.queries)) if node.queries else Q("match_all")


@to_query.register
def _either(node: n.Either) -> Query:
    if not node.queries:
        return Q("match_none")
    return Q("bool", should=_all(node.queries), minimum_should_match=node.at_least)


@to_query.register
def _worth(node: n.Worth) -> Query:
    return Q("constant_score", filter=to_query(node.query), boost=node.score)


@to_query.register
def _weighed(node: n.Weighed) -> Query:
    return Q("bool", must=[to_query(node.query)], boost=node.factor)


@to_query.register
def _ranked(node: n.Ranked) -> Query:
    """What is worth nothing only narrows; the boost of a document multiplies the rest."""
    narrowing = [q.query for q in node.every if isinstance(q, n.Worth) and not q.score]
    scored = [q for q in node.every if not (isinstance(q, n.Worth) and not q.score)]
    ranked = Q("bool", must=_all(scored), filter=_all(narrowing), should=_all(node.order))
    factor = {"field": f.BOOST, "missing": 1}
    return Q("function_score", query=ranked, field_value_factor=factor, boost_mode="multiply")


def _all(queries: Iterable[n.Query]) -> list[Query]:
    return [to_query(query) for query in queries]
