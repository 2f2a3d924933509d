"""From the cells of a file to records and rows of the models, checked as an editor's form would."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import ManyToManyField, Model
from django.utils.translation import gettext as _

from catalogue.exchange.changes import differing, pair
from catalogue.exchange.checking import faults_of, repeated, uncited
from catalogue.exchange.facts import Facts, Row
from catalogue.exchange.kinds import Unreadable
from catalogue.exchange.problems import Problem
from catalogue.exchange.tables import CHILDREN, RECORD, Sheet, TextSheet
from catalogue.exchange.words import Words
from catalogue.models import Distribution, Reference, Species


@dataclass
class Edit:
    """A record on its way into the collection, and what of it must be written."""

    species: Species
    is_new: bool = False
    has_draft: bool = False
    was_live: bool = False
    lists: list[ManyToManyField] = field(default_factory=list)
    # Sheet → rows to write, and keys of rows to delete.
    rows: dict[str, list[Model]] = field(default_factory=dict)
    gone: dict[str, list[int]] = field(default_factory=dict)


def new_record(slug: str, pk: int) -> Species:
    """Return an empty record that asks the database for nothing; `pk` is its key until then."""
    species = Species(pk=pk, slug=slug, live=False)
    for sheet in CHILDREN:
        setattr(species, sheet.relation, [])
    for name in (f.name for f in Species._meta.many_to_many):
        setattr(species, name, [])
    return species


def set_record(species: Species, row: Row, words: Words) -> list[Problem]:
    """Give a record what its line of the first sheet says; return what is wrong with the line."""
    problems = _assign(species, RECORD, row, words)
    if not problems:
        fields = ["slug", *(f.name for f in RECORD.fields if not isinstance(f, ManyToManyField))]
        for name, reason in faults_of(species, fields, cleaned=False):
            if name == "slug":
                problems.append(Problem(reason, RECORD.name, row.line, name, species.slug))
            else:
                problems.append(_problem(RECORD, row, name, reason))
    return problems


def build(edit: Edit, old: Facts, new: Facts, words: Words) -> list[Problem]:
    """Change a record to what the file says, where it differs; return all that is wrong with it."""
    problems: list[Problem] = []
    species, differs = edit.species, differing(old, new)
    edit.was_live = species.live and not edit.is_new
    if RECORD.name in differs or edit.is_new:
        row = new[RECORD.name][0]
        problems += set_record(species, row, words)
        edit.lists = [f for f in RECORD.fields if isinstance(f, ManyToManyField)]
    for sheet in CHILDREN:
        if sheet.name in differs:
            problems += _build_rows(edit, sheet, old[sheet.name], new[sheet.name], words)
    if not problems and {RECORD.name, "conservation"} & set(differs):
        problems += _problems_of_whole(species, new)
    if not problems:
        species.prepare()
    return problems


def _problems_of_whole(species: Species, new: Facts) -> Iterator[Problem]:
    """What is wrong with the record and its lists of protected species together."""
    for name in (RECORD.name, "conservation"):
        for row in new.get(name, [])[:1]:
            for fault in faults_of(species, []):
                yield _problem(RECORD if name == RECORD.name else _sheet(name), row, *fault)
            return


def _sheet(name: str) -> Sheet:
    return next(sheet for sheet in CHILDREN if sheet.name == name)


def _build_rows(
    edit: Edit, sheet: Sheet, old: Sequence[Row], new: Sequence[Row], words: Words
) -> list[Problem]:
    """Replace the rows of one sheet; a row that is known again keeps its key and other fields."""
    problems: list[Problem] = []
    stored = {row.pk: row for row in getattr(edit.species, sheet.relation).all()}
    pairing = pair(sheet, old, new)
    lines: dict[int, Row] = {}
    for position, (row, before) in enumerate(pairing.kept):
        instance = stored.pop(before.pk) if before else sheet.model(species=edit.species)
        lines[id(instance)] = row
        if hasattr(instance, "sort_order"):
            instance.sort_order = position
        if before is None or before.cells != row.cells:
            faults = _assign(instance, sheet, row, words) or _faults(sheet, instance, row, words)
            problems += faults
        edit.rows.setdefault(sheet.name, []).append(instance)
    edit.gone[sheet.name] = [row.pk for row in pairing.gone]
    rest = [row for pk, row in stored.items() if pk not in edit.gone[sheet.name]]
    rows = edit.rows.get(sheet.name, [])
    twice = [(lines[id(row)], lines[id(first)]) for row, first in repeated(rows)]
    problems += _repetitions(sheet, [*_same(new), *twice])
    if not problems:
        for instance in rows:
            if hasattr(instance, "prepare"):
                instance.prepare()
    setattr(edit.species, sheet.relation, [*rows, *rest])
    return problems


def _assign(instance: Model, sheet: Sheet, row: Row, words: Words) -> list[Problem]:
    """Set the fields of an instance from cells; return the cells that name nothing we know."""
    problems = []
    for column, field_, cell in zip(sheet.columns, sheet.fields, row.cells, strict=True):
        try:
            value = column.kind.value(cell, words)
        except Unreadable as error:
            problems.append(_problem(sheet, row, column.name, str(error)))
            continue
        if isinstance(field_, ManyToManyField):
            # Keys are all that is written of them.
            value = [field_.related_model(pk=pk) for pk in value]
            setattr(instance, field_.name, value)
        else:
            setattr(instance, field_.attname, value)
    if isinstance(instance, Distribution) and not problems:
        instance.commune = words.commune(instance.commune_id)
    return problems


def _faults(sheet: Sheet, instance: Model, row: Row, words: Words) -> list[Problem]:
    fields = [f.name for f in sheet.fields]
    # A text's clean() asks the database which works exist; here they were read once.
    is_text = isinstance(sheet, TextSheet)
    faults = list(faults_of(instance, fields, cleaned=sheet.is_cleaned and not is_text))
    if is_text:
        for name in sheet.passages:
            wrong = uncited(getattr(instance, name), words, Reference)
            faults += [(name, wrong)] if wrong else []
    return [_problem(sheet, row, *fault) for fault in faults]


def _problem(sheet: Sheet, row: Row, name: str, reason: str) -> Problem:
    names = [column.name for column in sheet.columns]
    if name not in names:
        return Problem(reason, sheet.name, row.line, value=sheet.label_of(row.cells))
    cell = row.cells[names.index(name)]
    return Problem(reason, sheet.name, row.line, sheet.header_of(row.cells, name), cell)


def _same(rows: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Yield rows that say nothing but what a row before them says."""
    seen: dict[tuple, Row] = {}
    for row in rows:
        first = seen.setdefault(row.cells, row)
        if first is not row:
            yield row, first


def _repetitions(sheet: Sheet, pairs: Sequence[tuple[Row, Row]]) -> Iterator[Problem]:
    for row, first in {row.line: (row, first) for row, first in pairs}.values():
        reason = _("Row %(row)s says this already.") % {"row": first.line}
        keys = ", ".join(sheet.key)
        yield Problem(reason, sheet.name, row.line, keys, sheet.label_of(row.cells))


def all_of(**which: object) -> list[Species]:
    """Return some records with all that belongs to them, in one query a table."""
    lists = [f.name for f in Species._meta.many_to_many]
    found = Species.objects.filter(**which)
    return list(found.prefetch_related(*(sheet.relation for sheet in CHILDREN), *lists))
