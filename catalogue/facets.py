"""The questions the collection can be asked: how an answer narrows it, and how answers count."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Concat

from wagtail import hooks

from catalogue.models import Certificate, Season, Species
from core.facets import Shape

YES = "yes"
THREATENED = "threatened"
HABIT = "habit"
MONTHS = [str(month) for month in range(1, 13)]

Rows = Iterator[QuerySet]


@dataclass(frozen=True)
class Question:
    """A facet of the collection or of a register.

    `keep` gives the condition on a record that one of some answers is true of it, `count` query
    sets with rows of answer (`value`) and number of records (`n`); seasons are counted apart.
    """

    keep: Callable[[Sequence[str]], Q]
    count: Callable[[QuerySet], Rows] = lambda species: iter(())
    shape: Shape = Shape.LIST


def _column(path: str) -> Question:
    """A question with exactly one answer per species."""
    return Question(
        keep=lambda values: Q(**{f"{path}__in": values}),
        count=lambda species: iter([_grouped(species, F(path))]),
    )


def _related(path: str, *, repeats: bool = False, **only: str) -> Question:
    """A question with several answers per species; `repeats` when one may stand there twice."""
    return Question(
        keep=lambda values: _among(Species.objects.filter(**{f"{path}__in": values}, **only)),
        count=lambda species: iter(
            [
                _grouped(
                    species.filter(**{f"{path}__isnull": False}, **only), F(path), repeats=repeats
                )
            ]
        ),
    )


def _switch(keep: Callable[[], Q]) -> Question:
    """A question that is answered with yes or not asked."""
    return Question(
        keep=lambda values: keep(),
        count=lambda species: iter([_grouped(species.filter(keep()), Value(YES))]),
        shape=Shape.SWITCH,
    )


def _season(kind: str) -> Question:
    """In which months something happens."""
    return Question(
        keep=lambda months: reduce(
            or_, (_among(Species.objects.in_season(int(month), kind)) for month in months)
        ),
        shape=Shape.CELLS,
    )


def _grouped(species: QuerySet[Species], value, *, repeats: bool = False) -> QuerySet:
    counted = species.order_by().values(value=value)
    return counted.annotate(n=Count("pk", distinct=repeats))


def _among(species: QuerySet[Species]) -> Q:
    return Q(pk__in=species.order_by().values("pk"))


def _keep_listed(values: Sequence[str]) -> Q:
    """Keep what lists name in a category, as “authority-category”, or as threatened."""
    conditions = [Q(pk__in=[])]
    if THREATENED in values:
        conditions.append(_among(Species.objects.threatened()))
    for value in values:
        authority, _, category = value.partition("-")
        listed = Species.objects.filter(
            conservation__authority=authority, conservation__category=category
        )
        conditions.append(_among(listed))
    return reduce(or_, conditions)


def _count_listed(species: QuerySet[Species]) -> Rows:
    listing = Concat("conservation__authority", Value("-"), "conservation__category")
    # Several editions of one list may say the same.
    yield _grouped(species.filter(conservation__isnull=False), listing, repeats=True)
    yield _grouped(species.threatened(), Value(THREATENED))


def _keep_certified(standards: Sequence[str]) -> Q:
    proving = Certificate.objects.proving().filter(standard__in=standards)
    return Q(pk__in=proving.order_by().values("species"))


def _count_certified(species: QuerySet[Species]) -> Rows:
    certified = species.filter(certificates__in=Certificate.objects.proving())
    yield _grouped(certified, F("certificates__standard"), repeats=True)


def on_sale() -> Q:
    """Return the condition that the market sells a species; without a market nothing is sold."""
    answers = (answer() for answer in hooks.get_hooks("catalogue_species_on_sale"))
    return reduce(or_, (Q(pk__in=species) for species in answers), Q(pk__in=[]))


# In the order in which they are asked.
QUESTIONS: dict[str, Question] = {
    "on_sale": _switch(on_sale),
    "toxic": _switch(lambda: Q(is_toxic=True)),
    "part": _related("parts__code"),
    "flowering": _season(Season.Kind.FLOWERING),
    "fruiting": _season(Season.Kind.FRUITING),
    "harvest": _season(Season.Kind.HARVEST),
    "habit": _related("traits__state__code", traits__state__trait__code=HABIT),
    "group": _related("groups__code"),
    "conservation": Question(keep=_keep_listed, count=_count_listed),
    "certificate": Question(keep=_keep_certified, count=_count_certified),
    "family": _column("family__code"),
    "genus": _column("genus"),
    # Its communes lie in one province.
    "province": _related("distribution__province__code", repeats=True),
}
SEASONS = [kind.value for kind in Season.Kind]


def count_months(species: dict[str, QuerySet[Species]]) -> dict[str, dict[str, int]]:
    """Return kind of season → month → number, for the species given by kind; in one query."""
    first, *others = (
        Season.objects.filter(kind=kind, species__in=some.order_by().values("pk"))
        .species_by_month()
        .values_list("kind", *(f"m{month}" for month in MONTHS))
        for kind, some in species.items()
    )
    found: dict[str, dict[str, int]] = {kind: {} for kind in species}
    for kind, *numbers in first.union(*others, all=True):
        found[kind] = {month: n for month, n in zip(MONTHS, numbers, strict=True) if n}
    return found
