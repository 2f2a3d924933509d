"""From the lines of a file to the rows of records, with every fault of form on the way."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from catalogue.exchange.facts import Facts, Row, in_order
from catalogue.exchange.kinds import Unreadable
from catalogue.exchange.problems import Problem
from catalogue.exchange.reading import Line
from catalogue.exchange.tables import CHILDREN, RECORD, SHEETS, Sheet
from catalogue.exchange.texts import tidy


@dataclass
class Book:
    """What a file says: its sheets, and by address and sheet the rows of each record."""

    sheets: list[str] = field(default_factory=list)
    records: dict[str, Facts] = field(default_factory=dict)
    first_lines: dict[str, tuple[str, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    # Columns that cannot be read, by sheet and line: what else is wrong with them nobody can say.
    unread: dict[tuple[str, int], set[str]] = field(default_factory=dict)
    # Whether nobody can say of a species that the first sheet does not have it.
    is_record_sheet_whole: bool = True


def parse(sheets: Mapping[str, Iterable[Line]]) -> Book:
    """Return what the sheets say. What cannot be read is in its problems, all of it."""
    book = Book()
    known = {sheet.name: sheet for sheet in SHEETS}
    for name in sheets:
        if name not in known:
            reason = _("There is no such sheet; the sheets are: %(known)s.")
            book.problems.append(Problem(reason % {"known": ", ".join(known)}, sheet=name))
    found: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for sheet in SHEETS:
        if sheet.name in sheets:
            book.sheets.append(sheet.name)
            is_whole = _parse_sheet(sheet, list(sheets[sheet.name]), found, book)
            if sheet is RECORD:
                book.is_record_sheet_whole = is_whole
    book.records = {slug: _complete(rows, book) for slug, rows in found.items()}
    return book


def _complete(rows: Mapping[str, list[Row]], book: Book) -> Facts:
    """Return a record's rows; one on the first sheet has none on a sheet that names it not."""
    facts = {name: list(found) for name, found in rows.items()}
    if RECORD.name in facts:
        for sheet in CHILDREN:
            if sheet.name in book.sheets:
                facts.setdefault(sheet.name, [])
    return {s.name: in_order(s, facts[s.name]) for s in SHEETS if s.name in facts}


def _parse_sheet(
    sheet: Sheet, lines: list[Line], found: dict[str, dict[str, list[Row]]], book: Book
) -> bool:
    """Take in the lines of one sheet; return whether each of them says of which species it is."""
    head, body = ([tidy(str(cell)) for cell in lines[0][1]], lines[1:]) if lines else ([], [])
    faults = _faults_of_header(sheet, head)
    if faults:
        book.problems.extend(faults)
        return False
    places = [head.index(name) for name in sheet.headers]
    single: dict[str, int] = {}
    is_whole = True
    for number, cells in body:
        for place, cell in enumerate(cells):
            if cell not in ("", None) and (place >= len(head) or not head[place]):
                reason = _("There is no column header above this cell.")
                book.problems.append(Problem(reason, sheet.name, number, value=str(cell)))
        line = _parse_line(sheet, number, [_cell(cells, n) for n in places], book)
        slug, *values = line
        if not slug:
            is_whole = False
            continue
        book.first_lines.setdefault(slug, (sheet.name, number))
        if sheet.is_single and single.setdefault(slug, number) != number:
            reason = _("This species stands already in row %(row)s.") % {"row": single[slug]}
            book.problems.append(Problem(reason, sheet.name, number, sheet.headers[0], slug))
            continue
        found[slug][sheet.name] += [Row(row, line=number) for row in sheet.rows(tuple(values))]
    return is_whole


def _faults_of_header(sheet: Sheet, head: list[str]) -> list[Problem]:
    faults = []
    for name in dict.fromkeys(head):
        if name and name not in sheet.headers:
            faults.append(Problem(_("There is no such column."), sheet.name, 1, name))
        elif name and head.count(name) > 1:
            faults.append(Problem(_("This column stands twice."), sheet.name, 1, name))
    for name in sheet.headers:
        if name not in head:
            faults.append(Problem(_("This column is missing."), sheet.name, 1, name))
    return faults


def _cell(cells: list[Any], place: int) -> Any:
    return "" if place >= len(cells) or cells[place] is None else cells[place]


def _parse_line(sheet: Sheet, number: int, cells: list[Any], book: Book) -> list[str]:
    """Return the texts of a line, empty where they cannot be read."""
    texts: list[str] = []
    unread = set()
    kinds = [sheet.key_kind, *sheet.line_kinds()]
    for header, kind, cell in zip(sheet.headers, kinds, cells, strict=True):
        try:
            texts.append(kind.read(cell))
        except Unreadable as error:
            texts.append("")
            unread.add(header)
            book.problems.append(Problem(str(error), sheet.name, number, header, str(cell)))
    if not texts[0] and sheet.headers[0] not in unread:
        reason = _("The row does not say of which species it is.")
        book.problems.append(Problem(reason, sheet.name, number, sheet.headers[0]))
    if unread:
        book.unread[sheet.name, number] = unread
    return texts
