"""Facets: a value and a count are data, the words come from the vocabulary."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.http import HttpRequest

from core.paging import replace_query


@dataclass(frozen=True)
class FacetChoice:
    """One value of a facet; `url` switches it on or off and keeps the rest of the query."""

    value: str
    label: str
    count: int
    selected: bool
    url: str


@dataclass(frozen=True)
class Facet:
    """A question with countable answers."""

    name: str
    label: str
    choices: list[FacetChoice]


def build_facet(
    request: HttpRequest,
    *,
    name: str,
    label: str,
    counts: Mapping[str, int],
    labels: Mapping[str, str],
    selected: Iterable[str],
) -> Facet:
    """Return a facet, picked values first; a picked value stays visible at zero."""
    picked = list(dict.fromkeys(selected))
    values = {**dict.fromkeys(picked, 0), **counts}
    choices = [
        FacetChoice(
            value=value,
            label=labels.get(value, value),
            count=count,
            selected=value in picked,
            url=replace_query(
                request,
                after=None,
                page=None,
                **{name: [v for v in picked if v != value] or None}
                if value in picked
                else {name: [*picked, value]},
            ),
        )
        for value, count in values.items()
    ]
    choices.sort(key=lambda choice: (not choice.selected, -choice.count, choice.label))
    return Facet(name=name, label=label, choices=choices)


def build_facets(
    request: HttpRequest,
    *,
    asked: Mapping[str, str],
    counts: Mapping[str, Mapping[str, int]],
    words: Mapping[str, Mapping[str, str]],
    picked: Mapping[str, list[str]],
) -> list[Facet]:
    """Return facets in the order in which they are asked; all four are by the facet's name."""
    return [
        build_facet(
            request,
            name=name,
            label=label,
            counts=counts[name],
            labels=words[name],
            selected=picked[name],
        )
        for name, label in asked.items()
    ]


def count_values(queryset: QuerySet, path: str) -> dict[str, int]:
    """Return how many records carry each value at the end of a path, empty ones left out."""
    rows = (
        queryset.order_by()
        .filter(**{f"{path}__isnull": False})
        .values_list(path)
        .annotate(n=Count("pk", distinct=True))
    )
    return dict(rows)


def removals(facets: Iterable[Facet]) -> list[dict[str, str]]:
    """Return the picked values of all facets with the address that removes each."""
    return [
        {"label": choice.label, "remove_url": choice.url}
        for facet in facets
        for choice in facet.choices
        if choice.selected
    ]
