"""Facets: a value and a count are data, the words come from the vocabulary."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, QuerySet, Value
from django.http import HttpRequest

from core.paging import replace_query

# A list of answers longer than this is no help to anybody; the rarest are counted, not listed.
MOST_CHOICES = 60


class Shape(StrEnum):
    """How the answers of a facet stand on the page."""

    LIST = "list"  # the most frequent first
    SWITCH = "switch"  # one answer, on or off
    CELLS = "cells"  # few short answers in an order of their own, also those at zero


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
    shape: Shape = Shape.LIST
    left_out: int = 0


def build_facet(
    request: HttpRequest,
    *,
    name: str,
    label: str,
    counts: Mapping[str, int],
    labels: Mapping[str, str],
    selected: Iterable[str],
    shape: Shape = Shape.LIST,
    clears: Iterable[str] = (),
) -> Facet:
    """Return a facet, picked values first; a picked value stays visible at zero.

    Whoever picks another value takes back what they chose of the facets it `clears`.

    Cells keep the order of `labels` and show all of them, unless there is nothing to count.
    """
    picked = list(dict.fromkeys(selected))
    shown = labels if shape == Shape.CELLS and (counts or picked) else picked
    values = {**dict.fromkeys(shown, 0), **counts}
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
                **dict.fromkeys(clears),
                **{name: [v for v in picked if v != value] or None}
                if value in picked
                else {name: [*picked, value]},
            ),
        )
        for value, count in values.items()
    ]
    if shape != Shape.CELLS:
        choices.sort(key=lambda choice: (not choice.selected, -choice.count, choice.label))
    most = max(MOST_CHOICES, len(picked))
    return Facet(
        name=name,
        label=label,
        choices=choices[:most],
        shape=shape,
        left_out=len(choices[most:]),
    )


def may_be_shown(counts: Mapping[str, int], picked: Iterable[str]) -> set[str]:
    """Return the values that a facet may show and that need a label: the most frequent, all that
    share the last place with them, and the picked ones.
    """
    largest = sorted(counts.values(), reverse=True)[:MOST_CHOICES]
    least = largest[-1] if largest else 0
    return {*picked, *(value for value, count in counts.items() if count >= least)}


def build_facets(
    request: HttpRequest,
    *,
    asked: Mapping[str, str],
    counts: Mapping[str, Mapping[str, int]],
    words: Mapping[str, Mapping[str, str]],
    picked: Mapping[str, list[str]],
    shapes: Mapping[str, Shape] | None = None,
    clears: Mapping[str, Iterable[str]] | None = None,
) -> list[Facet]:
    """Return facets in the order in which they are asked; all the rest is by the facet's name."""
    return [
        build_facet(
            request,
            name=name,
            label=label,
            counts=counts[name],
            labels=words[name],
            selected=picked[name],
            shape=(shapes or {}).get(name, Shape.LIST),
            clears=(clears or {}).get(name, ()),
        )
        for name, label in asked.items()
    ]


def count_together(counting: Iterable[tuple[str, QuerySet]]) -> dict[str, dict[str, int]]:
    """Return name → value → number, all in one query.

    Each query set gives rows of `value` and `n`; a name may come with several of them.
    """
    parts = [
        (name, rows.order_by().annotate(counted=Value(name)).values_list("counted", "value", "n"))
        for name, rows in counting
    ]
    found: dict[str, dict[str, int]] = {name: {} for name, _ in parts}
    if parts:
        first, *others = (rows for _, rows in parts)
        for name, value, n in first.union(*others, all=True) if others else first:
            if n:
                found[name][value] = found[name].get(value, 0) + n
    return found


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
        {
            # A cell says little without its question.
            "label": f"{facet.label}: {choice.label}"
            if facet.shape == Shape.CELLS
            else choice.label,
            "remove_url": choice.url,
        }
        for facet in facets
        for choice in facet.choices
        if choice.selected
    ]
