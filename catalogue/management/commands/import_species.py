"""Bring the collection into agreement with a file that export_species wrote and people edited."""

from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from tqdm import tqdm

from catalogue.exchange import ExchangeError, Report, import_species
from catalogue.exchange.changes import ADDED
from core import roles


class Command(BaseCommand):
    help = "Take FILE.xlsx or FILE.zip into the collection: all of it, or nothing of it."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="Only print what would change, row by row."
        )
        parser.add_argument(
            "--as", dest="email", help="E-mail address of the curator whom the history names."
        )
        parser.add_argument(
            "--overwrite-drafts",
            action="store_true",
            help="Also change records with unpublished changes, which are lost from the draft.",
        )

    def handle(self, *args, file, dry_run, email, overwrite_drafts, **options):
        with tqdm(unit=" species", disable=None) as bar:  # shown on a terminal only

            def progress(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            try:
                report = import_species(
                    file,
                    dry_run=dry_run,
                    user=_curator(email) if email else None,
                    overwrite_drafts=overwrite_drafts,
                    progress=progress,
                )
            except ExchangeError as error:
                raise CommandError(str(error)) from error
        if report.problems:
            for problem in report.problems:
                self.stderr.write(str(problem))
            raise CommandError(f"{len(report.problems)} problems; nothing was saved.")
        if dry_run:
            self._print(report)
        self.stdout.write(
            f"{report.added} added, {report.changed} changed, {report.unchanged} unchanged"
            + (" (dry run: nothing was saved)" if dry_run else "")
        )

    def _print(self, report: Report) -> None:
        for slug, changes in report.changes.items():
            for change in changes:
                is_new = change.kind == ADDED and not change.row
                self.stdout.write(f"{slug} · {'+' if is_new else change}")


def _curator(email: str):
    person = get_user_model().objects.filter(email__iexact=email).first()
    if person is None:
        raise CommandError(f"Nobody has the address {email}.")
    if not (person.is_superuser or roles.holds(person, roles.CURATOR)):
        raise CommandError(f"{email} is not a curator.")
    return person
