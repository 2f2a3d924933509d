"""What records say, as cells: read from the database for many of them, or from a revision."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import ManyToManyField

from catalogue.exchange.tables import CHILDREN, RECORD, SHEETS, Cells, Sheet, cells_of
from catalogue.exchange.words import Words


@dataclass(frozen=True)
class Row:
    """A row of a record: its cells, and where it is – its key in the database, or its line."""

    cells: Cells
    pk: int | None = None
    line: int | None = None


Facts = dict[str, list[Row]]  # sheet → rows of one record


def stored(pks: Sequence[int], words: Words, sheets: Iterable[Sheet] = SHEETS) -> dict[int, Facts]:
    """Return what the database says of some records, by sheet, in one query a table."""
    found: dict[int, Facts] = {pk: {} for pk in pks}
    for sheet in sheets:
        rows = _records(pks, words) if sheet is RECORD else _children(sheet, pks, words)
        for pk in pks:
            found[pk][sheet.name] = in_order(sheet, rows[pk])
    return found


def of_revision(content: Mapping[str, Any], words: Words) -> Facts:
    """Return what a revision says, as `stored` does; columns without history are empty."""
    facts = {RECORD.name: [Row(_cells_of_content(RECORD, content, words))]}
    for sheet in CHILDREN:
        rows = [
            Row(_cells_of_content(sheet, row, words)) for row in content.get(sheet.relation, [])
        ]
        facts[sheet.name] = in_order(sheet, rows)
    return facts


def without_history(facts: Facts) -> Facts:
    """Return facts as a revision would hold them, so that both can be compared."""
    return {
        sheet.name: [
            Row(
                tuple(
                    c if column.has_history else ""
                    for c, column in zip(row.cells, sheet.columns, strict=True)
                ),
                row.pk,
            )
            for row in facts[sheet.name]
        ]
        for sheet in SHEETS
    }


def in_order(sheet: Sheet, rows: list[Row]) -> list[Row]:
    """Return the rows that the sheet shows, sorted when their order says nothing."""
    shown = [row for row in rows if sheet.covers(row.cells)]
    return shown if sheet.is_ordered else sorted(shown, key=lambda row: row.cells)


def _records(pks: Sequence[int], words: Words) -> dict[int, list[Row]]:
    lists = {f.name: _keys(f, pks) for f in RECORD.fields if isinstance(f, ManyToManyField)}
    plain = [f.attname for f in RECORD.fields if f.name not in lists]
    rows: dict[int, list[Row]] = defaultdict(list)
    for values in RECORD.model.objects.filter(pk__in=pks).order_by().values("pk", *plain):
        pk = values["pk"]
        raw = [lists[f.name][pk] if f.name in lists else values[f.attname] for f in RECORD.fields]
        rows[pk].append(Row(cells_of(RECORD, raw, words), pk))
    return rows


def _keys(field: ManyToManyField, pks: Sequence[int]) -> dict[int, list[Any]]:
    """Return for each record the keys that one of its lists holds."""
    own, other = field.m2m_column_name(), field.m2m_reverse_name()
    pairs = field.remote_field.through.objects.filter(**{f"{own}__in": pks}).order_by()
    keys: dict[int, list[Any]] = defaultdict(list)
    for pk, key in pairs.values_list(own, other):
        keys[pk].append(key)
    return keys


def _children(sheet: Sheet, pks: Sequence[int], words: Words) -> dict[int, list[Row]]:
    order = [*sheet.model._meta.ordering, "pk"]
    names = [f.attname for f in sheet.fields]
    found = sheet.model.objects.filter(species__in=pks).order_by(*order)
    rows: dict[int, list[Row]] = defaultdict(list)
    for species, pk, *raw in found.values_list("species_id", "pk", *names):
        rows[species].append(Row(cells_of(sheet, raw, words), pk))
    return rows


def _cells_of_content(sheet: Sheet, content: Mapping[str, Any], words: Words) -> Cells:
    raw = [content.get(c.name) if c.has_history else None for c in sheet.columns]
    return cells_of(sheet, raw, words)
