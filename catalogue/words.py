"""The words behind the codes, all vocabularies of a page in one query."""

from collections.abc import Collection, Mapping

from django.db.models import F, QuerySet, Value

from catalogue.models import Family, Part, Province, StrategicGroup

VOCABULARIES = {
    "family": Family,
    "part": Part,
    "group": StrategicGroup,
    "province": Province,
}


def labels(wanted: Mapping[str, Collection[str]]) -> dict[str, dict[str, str]]:
    """Return facet → code → label in the reader's language, for the codes of each facet."""
    found: dict[str, dict[str, str]] = {name: {} for name in wanted}
    rows = [_rows(name, codes) for name, codes in wanted.items() if codes]
    if rows:
        for facet, code, name, label in rows[0].union(*rows[1:], all=True):
            found[facet][code] = " · ".join(filter(None, (name, label))) or code
    return found


def _rows(name: str, codes: Collection[str]) -> QuerySet:
    """Rows of facet, code, scientific name (of a family) and label."""
    model = VOCABULARIES[name]
    terms = model.objects.filter(code__in=codes).order_by().annotate(facet=Value(name))
    if model is Province:
        return terms.annotate(scientific=Value("")).values_list(
            "facet", "code", "scientific", "name"
        )
    terms = terms.labelled()
    scientific = F("name") if model is Family else Value("")
    return terms.annotate(scientific=scientific).values_list(
        "facet", "code", "scientific", "shown_label"
    )
