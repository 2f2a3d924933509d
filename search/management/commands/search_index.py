"""Build the search index, or say what it holds."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import indexing
from search.engines import get_engine
from search.engines.base import SearchError


class Command(BaseCommand):
    help = "Build the search index anew and swap it in (rebuild), or say what it holds (status)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["rebuild", "status"])

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, options["action"])()
        except SearchError as error:
            raise CommandError(str(error)) from error

    def rebuild(self) -> None:
        total = indexing.rebuild(progress=self._say)
        self.stdout.write(self.style.SUCCESS(f"Indexed {total} documents."))

    def status(self) -> None:
        status = get_engine().status()
        self.stdout.write(status.generation)
        for kind, count in sorted(status.counts.items()):
            self.stdout.write(f"{kind}: {count}")

    def _say(self, kind: str, done: int) -> None:
        self.stdout.write(f"{kind}: {done}")
