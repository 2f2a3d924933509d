"""Records read from their drafts, whatever has been deleted since, in a fixed number of queries.

A draft is JSON: what it points at may be gone, because nothing protects what only a draft names.
django-modelcluster asks for each foreign key of each row whether its target is there, and gives up
where one is missing that the database would have protected. Here each model is asked once, and a
key without a target is emptied, so that an editor sees what has to be chosen again.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import CASCADE, ForeignKey, Model

from modelcluster.models import get_all_child_relations

Known = dict[type[Model], set[Any]]


def without_dangling(model: type[Model], data: dict) -> dict:
    """Return the JSON of a record in which each foreign key, of its rows too, has a target.

    A key without one is None; a row that would have been deleted together with its target is left
    out. Rows of rows are not looked at.
    """
    tables = {
        relation.get_accessor_name(): _keys(relation.related_model, but=relation.field)
        for relation in get_all_child_relations(model)
        if relation.get_accessor_name() in data
    }
    own = _keys(model)
    known = _known([(own, [data]), *((keys, data[name]) for name, keys in tables.items())])
    cleaned = _emptied(data, own, known)
    for name, keys in tables.items():
        cleaned[name] = [
            _emptied(row, keys, known)
            for row in data[name]
            if not any(key.remote_field.on_delete is CASCADE for key in _gone(row, keys, known))
        ]
    return cleaned


def _keys(model: type[Model], but: ForeignKey | None = None) -> list[ForeignKey]:
    return [f for f in model._meta.concrete_fields if isinstance(f, ForeignKey) and f != but]


def _known(tables: Iterable[tuple[list[ForeignKey], list[dict]]]) -> Known:
    """Return the primary keys that exist of those the rows name, each model asked once."""
    named: Known = defaultdict(set)
    for keys, rows in tables:
        for key in keys:
            values = (row.get(key.name) for row in rows)
            named[key.related_model] |= {_value(key, raw) for raw in values if raw is not None}
    return {
        model: set(model._base_manager.filter(pk__in=pks).values_list("pk", flat=True))
        for model, pks in named.items()
        if pks
    }


def _value(key: ForeignKey, raw: Any) -> Any:
    return key.target_field.to_python(raw)


def _gone(row: dict, keys: list[ForeignKey], known: Known) -> list[ForeignKey]:
    """Return the foreign keys of a row whose target does not exist."""
    named = [key for key in keys if row.get(key.name) is not None]
    return [key for key in named if _value(key, row[key.name]) not in known[key.related_model]]


def _emptied(row: dict, keys: list[ForeignKey], known: Known) -> dict:
    return row | {key.name: None for key in _gone(row, keys, known)}
