"""What was said of a species when, and by whom: revisions compared fact by fact.

Revisions are read through the table of columns that exports and imports use, so that each fact of
a record has a history, and a new column has one from its first day.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from wagtail.models import Revision

from catalogue.exchange.changes import Change, changes
from catalogue.exchange.facts import Facts, Row, of_revision, stored, without_history
from catalogue.exchange.kinds import Code, Flag
from catalogue.exchange.tables import RECORD, SHEETS, Cells, Sheet, TextSheet
from catalogue.exchange.words import Words
from catalogue.models import Commune, Province, Species

MOST_REVISIONS = 200  # read for one species, one at a time

FactKey = tuple[str, Cells, int, str]  # sheet, key of the row, which of equal keys, column


@dataclass(frozen=True)
class Origin:
    """Since when a fact has stood as it stands, and who wrote it so.

    Without a revision it was written past the history; `is_earlier` means that the oldest revision
    that is read says it already and there are older ones.
    """

    revision: int | None = None
    at: datetime | None = None
    editor: Any = None
    is_earlier: bool = False


@dataclass
class Statement:
    """Facts of one row that have the same origin, as column and value for a reader."""

    origin: Origin
    facts: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Entry:
    """A row of the record with the origins of what it says."""

    label: str
    statements: list[Statement] = field(default_factory=list)


@dataclass
class Section:
    """A sheet of the record, as a heading with its rows."""

    title: str
    entries: list[Entry] = field(default_factory=list)


def revisions_of(species: Species) -> list[Revision]:
    """Return the last revisions of a record without their content, the newest first."""
    newest = species.revisions.order_by("-created_at", "-pk").select_related("user")
    return list(newest.defer("content")[:MOST_REVISIONS])


def diff(old: Revision, new: Revision) -> list[Change]:
    """Return what a revision says otherwise than another one, in words for a reader."""
    words = Words()
    before, after = (_readable(of_revision(r.content, words), words) for r in (old, new))
    return [_titled(change) for change in changes(before, after)]


def provenance(species: Species) -> list[Section]:
    """Return every fact of the stored record with the editor and date since which it stands.

    A fact's origin is the first of the revisions, going back from the published one, that says it
    without a break.
    """
    words = Words()
    now = without_history(stored([species.pk], words)[species.pk])
    origins = _origins(species, _flat(now), words)
    return [
        section
        for sheet, shown in zip(SHEETS, _readable(now, words).values(), strict=True)
        if (section := _section(sheet, now[sheet.name], shown, origins)).entries
    ]


def _origins(species: Species, facts: dict[FactKey, str], words: Words) -> dict[FactKey, Origin]:
    since: dict[FactKey, Revision] = {}
    open_facts = set(facts)
    oldest = None
    for revision in _backwards(species):
        said = _flat(of_revision(revision.content, words))
        open_facts = {key for key in open_facts if said.get(key) == facts[key]}
        since.update(dict.fromkeys(open_facts, revision))
        oldest = revision
        if not open_facts:
            break
    is_cut = oldest is not None and _has_older(species, oldest)
    editors = get_user_model().objects.in_bulk({r.user_id for r in since.values() if r.user_id})
    return {
        key: Origin(
            revision.pk,
            revision.created_at,
            editors.get(revision.user_id),
            is_earlier=is_cut and key in open_facts,
        )
        for key, revision in since.items()
    }


def _backwards(species: Species) -> Iterator[Revision]:
    """Yield the revisions from the one that is stored backwards, holding one at a time."""
    revisions = species.revisions.order_by("-created_at", "-pk")
    if species.live_revision_id:
        revisions = revisions.filter(created_at__lte=species.live_revision.created_at)
    return revisions[:MOST_REVISIONS].iterator(chunk_size=1)


def _has_older(species: Species, revision: Revision) -> bool:
    return species.revisions.filter(created_at__lt=revision.created_at).exists()


def _flat(facts: Facts) -> dict[FactKey, str]:
    """Return every cell that says something, by where it stands."""
    return {
        (*place, column.name): cell
        for sheet in SHEETS
        for place, row in _places(sheet, facts[sheet.name])
        for column, cell in zip(sheet.columns, row.cells, strict=True)
        if cell
    }


def _places(sheet: Sheet, rows: Iterable[Row]) -> Iterator[tuple[tuple[str, Cells, int], Row]]:
    seen: Counter[Cells] = Counter()
    for row in rows:
        key = sheet.key_of(row.cells)
        yield (sheet.name, key, seen[key]), row
        seen[key] += 1


def _section(
    sheet: Sheet, rows: list[Row], shown: list[Row], origins: dict[FactKey, Origin]
) -> Section:
    section = Section(_title(sheet))
    for (place, row), readable in zip(_places(sheet, rows), shown, strict=True):
        entry = Entry(sheet.label_of(readable.cells))
        said = {c.name: cell for c, cell in zip(sheet.columns, row.cells, strict=True) if cell}
        words = dict(zip(said, [cell for cell in readable.cells if cell], strict=True))
        for name in said:
            if name not in sheet.key:  # which the label says
                origin = origins.get((*place, name), Origin())
                fact = (_column_title(sheet, name), words[name])
                _add(entry, origin, fact, apart=_is_long(sheet))
        if not entry.statements and said:
            entry.statements.append(Statement(origins.get((*place, next(iter(said))), Origin())))
        if entry.statements:
            section.entries.append(entry)
    return section


def _is_long(sheet: Sheet) -> bool:
    return sheet is RECORD or isinstance(sheet, TextSheet)


def _add(entry: Entry, origin: Origin, fact: tuple[str, str], *, apart: bool) -> None:
    for statement in entry.statements:
        if statement.origin == origin and not apart:
            statement.facts.append(fact)
            return
    entry.statements.append(Statement(origin, [fact]))


def _readable(facts: Facts, words: Words) -> Facts:
    """Return facts with choices and places in the reader's words; other codes stay codes."""
    return {
        sheet.name: [Row(_words_of(sheet, row.cells, words), row.pk) for row in facts[sheet.name]]
        for sheet in SHEETS
    }


def _words_of(sheet: Sheet, cells: Cells, words: Words) -> Cells:
    return tuple(_word(sheet, n, cell, words) if cell else "" for n, cell in enumerate(cells))


def _word(sheet: Sheet, position: int, cell: str, words: Words) -> str:
    kind = sheet.columns[position].kind
    if isinstance(kind, Flag):
        return _("yes") if cell == "yes" else _("no")
    if isinstance(kind, Code) and kind.model in (Province, Commune):
        name = words.place_name(kind.model, cell)
        return f"{name} [{cell}]" if name else cell
    choices = dict(sheet.fields[position].flatchoices or ())
    return str(choices.get(cell, cell))


def _titled(change: Change) -> Change:
    sheet = next(sheet for sheet in SHEETS if sheet.name == change.sheet)
    column = _column_title(sheet, change.column) if change.column else ""
    return Change(_title(sheet), change.kind, change.row, column, change.old, change.new)


def _title(sheet: Sheet) -> str:
    return str(capfirst(sheet.model._meta.verbose_name_plural))


def _column_title(sheet: Sheet, name: str) -> str:
    return str(capfirst(sheet.model._meta.get_field(name).verbose_name))
