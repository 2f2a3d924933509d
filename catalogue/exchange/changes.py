"""Comparing two states of a record row by row, and saying to a reader what differs."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import pgettext

from catalogue.exchange.facts import Facts, Row
from catalogue.exchange.tables import RECORD, SHEETS, Cells, Sheet

ADDED, REMOVED, CHANGED, MOVED = "added", "removed", "changed", "moved"

SHOWN = 70  # letters of a long text that a line shows around the place where it differs


@dataclass(frozen=True)
class Change:
    """One difference. `row` names the row; a changed one also has a column, old and new cell."""

    sheet: str
    kind: str
    row: str = ""
    column: str = ""
    old: str = ""
    new: str = ""

    def __str__(self) -> str:
        where = f"{self.sheet}[{self.row}]" if self.row else self.sheet
        old, new = excerpts(self.old, self.new)
        if self.kind == CHANGED:
            what = f"{where}.{self.column}" if self.sheet != RECORD.name else self.column
            return f"{what}: {_quoted(old)} → {_quoted(new)}"
        if self.kind == MOVED:
            return f"{self.sheet}: {pgettext('sequence', 'order')} {old} → {new}"
        return f"{self.sheet}: {'+' if self.kind == ADDED else '−'} {self.row}"


@dataclass
class Pairing:
    """Which row of the new state is which of the old one, in the new order; and what is gone."""

    kept: list[tuple[Row, Row | None]] = field(default_factory=list)
    gone: list[Row] = field(default_factory=list)


def pair(sheet: Sheet, old: Sequence[Row], new: Sequence[Row]) -> Pairing:
    """Match rows: those that say the same, then those that have the same key."""
    free = list(old)
    partner: dict[int, Row] = {}
    for same in (lambda cells: cells, sheet.key_of):
        _match(free, new, partner, same)
    return Pairing([(row, partner.get(n)) for n, row in enumerate(new)], free)


def _match(
    free: list[Row], new: Sequence[Row], partner: dict[int, Row], same: Callable[[Cells], Cells]
) -> None:
    waiting: dict[Cells, list[Row]] = defaultdict(list)
    for row in free:
        waiting[same(row.cells)].append(row)
    taken = set()
    for n, row in enumerate(new):
        if n not in partner and waiting[same(row.cells)]:
            partner[n] = waiting[same(row.cells)].pop(0)
            taken.add(id(partner[n]))
    free[:] = [row for row in free if id(row) not in taken]


def changes(old: Facts, new: Facts) -> Iterator[Change]:
    """Yield what differs, for the sheets that both states have."""
    for sheet in SHEETS:
        if sheet.name in old and sheet.name in new:
            yield from sheet_changes(sheet, old[sheet.name], new[sheet.name])


def differing(old: Facts, new: Facts) -> list[str]:
    """Return the names of the sheets of the new state on which it says something else."""
    return [
        name
        for name, rows in new.items()
        if [row.cells for row in old.get(name, [])] != [row.cells for row in rows]
    ]


def sheet_changes(sheet: Sheet, old: Sequence[Row], new: Sequence[Row]) -> Iterator[Change]:
    """Yield what differs between two states of the rows of one sheet."""
    if [row.cells for row in old] == [row.cells for row in new]:
        return
    pairing = pair(sheet, old, new)
    for row in pairing.gone:
        yield Change(sheet.name, REMOVED, sheet.label_of(row.cells))
    for row, before in pairing.kept:
        if before is None:
            yield Change(sheet.name, ADDED, sheet.label_of(row.cells))
        else:
            yield from _cell_changes(sheet, before.cells, row.cells)
    if sheet.is_ordered:
        yield from _move(sheet, old, pairing)


def _cell_changes(sheet: Sheet, old: Cells, new: Cells) -> Iterator[Change]:
    for column, before, after in zip(sheet.columns, old, new, strict=True):
        if before != after:
            label = sheet.label_of(new)
            yield Change(sheet.name, CHANGED, label, column.name, before, after)


def _move(sheet: Sheet, old: Sequence[Row], pairing: Pairing) -> Iterator[Change]:
    """Say when rows that stay stand in another order: the first name of a language is preferred."""
    stood = {id(row): n for n, row in enumerate(old)}
    stay = [before for _row, before in pairing.kept if before is not None]
    before = sorted(stay, key=lambda row: stood[id(row)])
    if before != stay:
        names = [", ".join(sheet.label_of(row.cells) for row in rows) for rows in (before, stay)]
        yield Change(sheet.name, MOVED, old=names[0], new=names[1])


def excerpts(old: str, new: str) -> tuple[str, str]:
    """Return two texts cut to where they differ, when they are too long for a line."""
    if max(len(old), len(new)) <= SHOWN:
        return old, new
    same = next(
        (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    start = max(0, same - SHOWN // 3)
    return _cut(old, start), _cut(new, start)


def _cut(text: str, start: int) -> str:
    end = start + SHOWN
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _quoted(text: str) -> str:
    if not text:
        return pgettext("cell", "nothing")
    return text if text.isascii() and text.isalnum() else f'"{text}"'
