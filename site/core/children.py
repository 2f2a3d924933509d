"""All small child tables of one record in one query.

A record of a museum has a dozen of them with a handful of rows each, and each row points at words
of a vocabulary. Prefetching asks one query a table; here they come back as one list of relation and
row, the row as JSON, and are made into instances again.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Expression, F, Field, JSONField, Model, QuerySet, Value
from django.db.models.functions import JSONObject

Follow = Mapping[str, Mapping[str, Expression]]


@dataclass(frozen=True)
class Rows:
    """The rows of a relation: which, and which of their foreign keys come along.

    `follow` maps the name of a foreign key to further columns of its target, beside its own fields:
    name → expression, as seen from the row.
    """

    queryset: QuerySet
    follow: Follow = field(default_factory=dict)


def gather(record: Model, children: Mapping[str, Rows]) -> None:
    """Fetch the rows of several relations in one query, where prefetch_related would leave them.

    The querysets must already be narrowed to the record. Rows keep the order of their model.
    """
    found: dict[str, list[Model]] = {name: [] for name in children}
    for name, row in _union(children):
        values = json.loads(row) if isinstance(row, str) else row
        found[name].append(_row(children[name], values))
    for name, rows in found.items():
        rows.sort(key=_order_of(children[name].queryset.model))
        _set_back_reference(record, name, rows)
        hold(record, name, children[name].queryset.all(), rows)


def hold(record: Model, name: str, queryset: QuerySet, rows: list) -> None:
    """Let a record answer for a relation with these rows, as prefetch_related would.

    `queryset` is a fresh one of the rows' model, for what is asked of them later.
    """
    queryset._result_cache = rows
    queryset._prefetch_done = True
    record.__dict__.setdefault("_prefetched_objects_cache", {})[name] = queryset


def _union(children: Mapping[str, Rows]) -> Iterator[tuple[str, Any]]:
    """Yield relation and row of every relation, each relation's rows in its own order."""
    parts = [
        rows.queryset.order_by()
        .annotate(_relation=Value(name), _row=_as_json(rows))
        .values_list("_relation", "_row")
        for name, rows in children.items()
    ]
    return iter(parts[0].union(*parts[1:], all=True))


def _as_json(rows: Rows) -> JSONObject:
    columns: dict[str, Any] = {f.attname: F(f.attname) for f in _fields(rows.queryset.model)}
    columns |= {name: F(name) for name in rows.queryset.query.annotations}
    for name, more in rows.follow.items():
        target = rows.queryset.model._meta.get_field(name).related_model
        own = {f.attname: F(f"{name}__{f.attname}") for f in _fields(target)}
        columns[f"_{name}"] = JSONObject(**own, **more)
    return JSONObject(**columns)


def _row(rows: Rows, values: dict) -> Model:
    model = rows.queryset.model
    instance = _instance(model, values)
    for name in rows.queryset.query.annotations:
        setattr(instance, name, values[name])
    for name, more in rows.follow.items():
        target = model._meta.get_field(name).related_model
        inner = values[f"_{name}"]
        if inner[target._meta.pk.attname] is None:
            setattr(instance, name, None)
            continue
        other = _instance(target, inner)
        for extra in more:
            setattr(other, extra, inner[extra])
        setattr(instance, name, other)
    return instance


def _instance(model: type[Model], values: dict) -> Model:
    fields = _fields(model)
    return model.from_db(
        None, [f.attname for f in fields], [_value(f, values[f.attname]) for f in fields]
    )


def _value(field: Field, value: Any) -> Any:
    return value if value is None or isinstance(field, JSONField) else field.to_python(value)


def _fields(model: type[Model]) -> list[Field]:
    return list(model._meta.concrete_fields)


def _order_of(model: type[Model]) -> Callable[[Model], tuple]:
    """Return the key that sorts rows as their model says, which a union cannot promise."""
    names = [name for name in model._meta.ordering if not name.startswith("-")]

    def key(row: Model) -> tuple:
        values = [getattr(row, name) for name in names]
        return (*((value is not None, value) for value in values), row.pk)

    return key


def _set_back_reference(record: Model, name: str, rows: list[Model]) -> None:
    """Let each row know its record, so that asking for it is not a query."""
    relation = record._meta.get_field(name)
    if relation.one_to_many:
        for row in rows:
            setattr(row, relation.field.name, record)
