"""Build the search index, tell it what has changed, and compare it with the database."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tqdm import tqdm

from search import draining, indexing, outbox
from search.engines import get_engine
from search.engines.base import SearchError

ACTIONS = {
    "rebuild": "build it anew beside the old one and swap them",
    "status": "say what it holds and what waits for it",
    "drain": "tell it all changes that wait",
    "check": "compare it with the database and print every difference",
    "prune": "remove what earlier rebuilds have left",
}


class Command(BaseCommand):
    help = "; ".join(f"{action}: {what}" for action, what in ACTIONS.items())

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=ACTIONS)

    def handle(self, *args: Any, **options: Any) -> None:
        self.is_quiet = options["verbosity"] == 0
        try:
            getattr(self, f"do_{options['action']}")()
        except SearchError as error:
            raise CommandError(str(error)) from error

    def do_rebuild(self) -> None:
        with self._progress() as progress:
            total = indexing.rebuild(progress)
        drained = draining.drain()
        self.stdout.write(self.style.SUCCESS(f"Indexed {total} documents."))
        if drained.done or drained.failed:
            self.stdout.write(f"Changes meanwhile: {drained}")

    def do_status(self) -> None:
        self.stdout.write(f"{outbox.waiting().count()} changes wait, {outbox.dead().count()} dead")
        status = get_engine().status()
        self.stdout.write(status.generation)
        for kind, count in sorted(status.counts.items()):
            self.stdout.write(f"{kind}: {count}")

    def do_drain(self) -> None:
        self.stdout.write(str(draining.drain()))

    def do_check(self) -> None:
        found = 0
        with self._progress() as progress:
            for difference in indexing.differences(progress):
                self.stdout.write(str(difference))
                found += 1
        self.stdout.write(f"{found} differences, {outbox.waiting().count()} changes wait")
        if found:
            raise CommandError(f"{found} differences")

    def do_prune(self) -> None:
        for name in get_engine().prune():
            self.stdout.write(f"removed {name}")

    @contextmanager
    def _progress(self) -> Iterator[indexing.Progress]:
        with tqdm(unit=" documents", file=sys.stderr, disable=self.is_quiet or None) as bar:

            def progress(label: str, done: int, total: int) -> None:
                bar.set_description(label, refresh=False)
                bar.total = total
                bar.n = done
                bar.refresh()

            yield progress
