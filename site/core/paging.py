"""Lists are paged by key: the next page begins after the last record of this one."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest


@dataclass(frozen=True)
class KeyPage:
    """One page of a list, and the addresses of the next and first one ("" where there is none)."""

    items: list
    next_url: str
    first_url: str


def replace_query(request: HttpRequest, **changes: Any) -> str:
    """Return this request's address with some of its query string changed; None removes a name."""
    query = request.GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        elif isinstance(value, list):
            query.setlist(name, value)
        else:
            query[name] = value
    return f"{request.path}?{query.urlencode()}" if query else request.path


def page_by_key(
    queryset: QuerySet, request: HttpRequest, *, field: str, key: str, after: str, size: int
) -> KeyPage:
    """Return the page of records that stand behind the record named by `after`.

    `field` is the column that orders the list ("-" in front for descending), `key` the unique
    column that names a record in the address and breaks ties. An `after` that is not in the list is
    the first page.
    """
    column, descending = field.lstrip("-"), field.startswith("-")
    ordered = queryset.order_by(field, key)
    if after:
        start = queryset.order_by().filter(**{key: after}).values_list(column).first()
        if start is not None and start[0] is not None:
            beyond = "lt" if descending else "gt"
            ordered = ordered.filter(
                Q(**{f"{column}__{beyond}": start[0]})
                | Q(**{column: start[0], f"{key}__gt": after})
            )
    items = list(ordered[: size + 1])
    more = len(items) > size
    items = items[:size]
    return KeyPage(
        items=items,
        next_url=replace_query(request, after=getattr(items[-1], key)) if more else "",
        first_url=replace_query(request, after=None) if after else "",
    )
