"""Taking a file of sheets into the collection: all of it or nothing.

A file is read, every record compared with what is stored, and only what differs is checked and
saved, some hundred records at a time within one transaction. A record is saved the same way whether
it is one or ten thousand: tables in bulk, a revision and a log entry for each record.
"""

import gc
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail.models import Revision

from catalogue.exchange.building import Edit, all_of, build, new_record, set_record
from catalogue.exchange.changes import ADDED, Change, changes, differing
from catalogue.exchange.facts import Facts, of_revision, stored, without_history
from catalogue.exchange.parsing import Book, parse
from catalogue.exchange.problems import Problem
from catalogue.exchange.reading import read_sheets
from catalogue.exchange.saving import announce, create, save
from catalogue.exchange.tables import CHILDREN, RECORD
from catalogue.exchange.words import Words
from catalogue.models import Species

CHUNK = 500  # records at a time


@dataclass
class Report:
    """What a file changes, or why it changes nothing. A dry run also lists the changes."""

    problems: list[Problem] = field(default_factory=list)
    changes: dict[str, list[Change]] = field(default_factory=dict)
    added: int = 0
    changed: int = 0
    unchanged: int = 0


def import_species(
    path: str | Path,
    *,
    dry_run: bool = False,
    user: Any = None,
    overwrite_drafts: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Bring the collection into agreement with a file, or, with `dry_run`, say what that would do.

    With any problem nothing is saved, and the report has all problems. `progress` is told after
    some records how many were looked at, of how many. Raises ExchangeError when the file cannot be
    read at all. Announces what changed to whoever follows species.
    """
    book = parse(read_sheets(Path(path)))
    with _settled(), nullcontext() if dry_run else transaction.atomic():
        importer = _Importer(book, user, overwrite_drafts, is_saving=not dry_run)
        importer.run(progress or (lambda done, total: None))
        if importer.report.problems and not dry_run:
            transaction.set_rollback(True)
    return importer.report


@contextmanager
def _settled() -> Iterator[None]:
    """Let the collector of cycles not look through the file again and again while we work on it.

    A large one is millions of cells, none of them in a cycle; looking takes a third of the time.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


class _Importer:
    """One run: the lists, what is found, and whether it is still worth saving."""

    def __init__(self, book: Book, user: Any, overwrite_drafts: bool, *, is_saving: bool):
        self.book = book
        self.user = user
        self.overwrite_drafts = overwrite_drafts
        self.is_real = is_saving  # a dry run says what would change
        self.is_saving = is_saving  # and anything else stops saving at the first problem
        self.words = Words()
        self.report = Report(problems=list(book.problems))
        self.saved: list[int] = []
        self.number = uuid.uuid4()

    def run(self, progress: Callable[[int, int], None]) -> None:
        known = self.words.by_code(Species)
        self._refuse_strangers(known)
        self._refuse_taken_names()
        records = {s: f for s, f in self.book.records.items() if s in known or RECORD.name in f}
        new = self._make_new([slug for slug in records if slug not in known])
        done = 0
        for some in _chunks(list(records)):
            self._chunk({slug: records[slug] for slug in some}, new)
            done += len(some)
            progress(done, len(records))
        if self.is_saving and not self.report.problems:
            announce(self.saved)
        self.report.problems.sort(key=_place)

    def _refuse_strangers(self, known: dict[str, int]) -> None:
        """A row of a species that is neither in the collection nor on the first sheet."""
        if not self.book.is_record_sheet_whole:
            return
        for slug, facts in self.book.records.items():
            if slug not in known and RECORD.name not in facts:
                reason = _("There is no such species; a new one begins on the sheet “species”.")
                self._problem_of_record(slug, reason)

    def _refuse_taken_names(self) -> None:
        """A scientific name stands once, in the collection and in the file."""
        rows = Species.objects.order_by().values_list("scientific_name", "slug")
        taken = dict(rows)
        place = RECORD.position("scientific_name")
        for slug, facts in self.book.records.items():
            for row in facts.get(RECORD.name, []):
                name = row.cells[place]
                owner = taken.setdefault(name, slug)
                if owner != slug:
                    reason = _("This name belongs to %(slug)s.") % {"slug": owner}
                    self.report.problems.append(
                        Problem(reason, RECORD.name, row.line, "scientific_name", name)
                    )

    def _make_new(self, slugs: Sequence[str]) -> dict[str, Species]:
        """Return the new records by address, stored already, so that look-alikes may name them.

        When nothing is to be saved they have keys that no record has.
        """
        made = {}
        faulty = False
        for number, slug in enumerate(slugs, start=1):
            made[slug] = new_record(slug, -number)
            self.words.add(Species, -number, slug)
            row = self.book.records[slug][RECORD.name][0]
            faulty |= bool(set_record(made[slug], row, self.words))
        # What is wrong is said with the rest of the record, further on.
        self.is_saving &= not faulty and not self.report.problems
        if self.is_saving:
            create(made.values())
            for slug, species in made.items():
                self.words.add(Species, species.pk, slug)
        return made

    def _chunk(self, records: dict[str, Facts], new: dict[str, Species]) -> None:
        known = self.words.by_code(Species)
        present = [known[slug] for slug in records if slug not in new]
        if self.is_saving:
            _lock(present)
        now = stored(present, self.words)
        different: dict[str, Facts] = {}
        for slug, facts in records.items():
            old = now.get(known[slug], {})
            if slug in new:
                old = {sheet.name: [] for sheet in CHILDREN}
            elif not differing(old, facts):
                self.report.unchanged += 1
                continue
            if not self.is_real:
                is_new = [Change(RECORD.name, ADDED)] if slug in new else []
                self.report.changes[slug] = [*is_new, *changes(old, facts)]
            self.report.added += slug in new
            self.report.changed += slug not in new
            different[slug] = old
        edits = self._edits(records, different, new)
        if self.is_saving and not self.report.problems:
            save(edits, self.user, self.number)
            self.saved += [edit.species.pk for edit in edits]
        for slug in records:
            new.pop(slug, None)  # it is heavy by now, and nobody asks for it again

    def _edits(
        self, records: dict[str, Facts], different: dict[str, Facts], new: dict[str, Species]
    ) -> list[Edit]:
        """Return the records that change, changed and checked."""
        wanted = [slug for slug in different if slug not in new]
        found = {species.slug: species for species in all_of(slug__in=wanted)}
        drafts = self._drafts(found, different)
        edits = []
        for slug, old in different.items():
            species = new.get(slug) or found[slug]
            if species.locked:
                self._problem_of_record(slug, _("An editor has locked this record."))
            if slug in drafts and not self.overwrite_drafts:
                reason = _(
                    "The record has changes that are not published: publish or discard them, or "
                    "give --overwrite-drafts."
                )
                self._problem_of_record(slug, reason)
            edit = Edit(species, is_new=slug in new, has_draft=slug in drafts)
            found_faults = build(edit, old, records[slug], self.words)
            self.report.problems += filter(self._is_known_for_sure, found_faults)
            edits.append(edit)
        return edits

    def _drafts(self, found: dict[str, Species], different: dict[str, Facts]) -> set[str]:
        """Return which records an editor has changed without publishing it.

        A record that was never published always counts as changed, so it is what the revision
        says that counts.
        """
        suspects = {s.latest_revision_id: s for s in found.values() if s.has_unpublished_changes}
        revisions = Revision.objects.filter(pk__in=[pk for pk in suspects if pk])
        drafts = set()
        for revision in revisions:
            slug = suspects[revision.pk].slug
            draft = of_revision(revision.content, self.words)
            if next(changes(without_history(different[slug]), draft), None):
                drafts.add(slug)
        return drafts

    def _is_known_for_sure(self, problem: Problem) -> bool:
        """Leave out what may be wrong only because a cell of the line could not be read."""
        unread = self.book.unread.get((problem.sheet, problem.line or 0))
        return not unread or (bool(problem.column) and problem.column not in unread)

    def _problem_of_record(self, slug: str, reason: str) -> None:
        sheet, line = self.book.first_lines[slug]
        header = "slug" if sheet == RECORD.name else RECORD.name
        self.report.problems.append(Problem(reason, sheet, line, header, slug))


def _lock(pks: Sequence[int]) -> None:
    """Keep others from changing records between our reading and our writing them."""
    rows = Species.objects.filter(pk__in=pks).order_by("pk").select_for_update()
    list(rows.values_list("pk"))


def _chunks(slugs: list[str]) -> Iterator[list[str]]:
    waiting = iter(slugs)
    while some := list(islice(waiting, CHUNK)):
        yield some


def _place(problem: Problem) -> tuple:
    order = [RECORD.name, *(sheet.name for sheet in CHILDREN)]
    known = order.index(problem.sheet) if problem.sheet in order else -1
    return known, problem.line or 0
