"""The words behind the codes, all vocabularies of a page in one query."""

from collections.abc import Callable, Collection, Mapping

from django.db.models import F, QuerySet, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from catalogue.conservation import CATEGORIES
from catalogue.facets import HABIT, THREATENED, YES
from catalogue.models import (
    Certificate,
    Commune,
    Compound,
    ConservationStatus,
    Family,
    Part,
    Province,
    StrategicGroup,
    TraitState,
)

VOCABULARIES: dict[str, Callable[[], QuerySet]] = {
    "family": lambda: Family.objects.all(),
    "part": lambda: Part.objects.all(),
    "group": lambda: StrategicGroup.objects.all(),
    "compound": lambda: Compound.objects.all(),
    "province": lambda: Province.objects.all(),
    "commune": lambda: Commune.objects.all(),
    "habit": lambda: TraitState.objects.filter(trait__code=HABIT),
}
MONTHS_IN_BRIEF = [
    pgettext_lazy("month in a narrow cell", "Jan"),
    pgettext_lazy("month in a narrow cell", "Feb"),
    pgettext_lazy("month in a narrow cell", "Mar"),
    pgettext_lazy("month in a narrow cell", "Apr"),
    pgettext_lazy("month in a narrow cell", "May"),
    pgettext_lazy("month in a narrow cell", "Jun"),
    pgettext_lazy("month in a narrow cell", "Jul"),
    pgettext_lazy("month in a narrow cell", "Aug"),
    pgettext_lazy("month in a narrow cell", "Sep"),
    pgettext_lazy("month in a narrow cell", "Oct"),
    pgettext_lazy("month in a narrow cell", "Nov"),
    pgettext_lazy("month in a narrow cell", "Dec"),
]
SWITCHES = {
    "on_sale": gettext_lazy("on sale now"),
    "toxic": gettext_lazy("poisonous plants"),
}


def labels(wanted: Mapping[str, Collection[str]]) -> dict[str, dict[str, str]]:
    """Return facet → code → label in the reader's language, for the codes of each facet."""
    found: dict[str, dict[str, str]] = {name: _fixed(name) for name in wanted}
    rows = [_rows(name, codes) for name, codes in wanted.items() if codes and name in VOCABULARIES]
    if rows:
        first, *others = rows
        for facet, code, name, label in first.union(*others, all=True) if others else first:
            found[facet][code] = " · ".join(filter(None, (name, label))) or code
    return found


def listing_labels() -> dict[str, str]:
    """Return what lists say of species: “authority-category” → words, and what follows."""
    return {THREATENED: _("threatened, whichever list says so")} | {
        f"{authority}-{category}": f"{ConservationStatus.Authority(authority).label}: "
        f"{category}, {meaning}"
        for authority, categories in CATEGORIES.items()
        for category, meaning in categories.items()
    }


def _fixed(name: str) -> dict[str, str]:
    """The words of a facet whose codes stand in no table."""
    if name in SWITCHES:
        return {YES: str(SWITCHES[name])}
    if name in ("flowering", "fruiting", "harvest"):
        return {str(n): str(month) for n, month in enumerate(MONTHS_IN_BRIEF, start=1)}
    if name == "certificate":
        return {s.value: str(s.label) for s in Certificate.Standard}
    return listing_labels() if name == "conservation" else {}


def _rows(name: str, codes: Collection[str]) -> QuerySet:
    """Rows of facet, code, scientific name (of a family) and label."""
    terms = VOCABULARIES[name]().filter(code__in=codes).order_by().annotate(facet=Value(name))
    if terms.model in (Province, Commune):
        return terms.annotate(scientific=Value("")).values_list(
            "facet", "code", "scientific", "name"
        )
    terms = terms.labelled()
    scientific = F("name") if terms.model is Family else Value("")
    return terms.annotate(scientific=scientific).values_list(
        "facet", "code", "scientific", "shown_label"
    )
