"""What must happen every minute, whoever is or is not visiting."""

import logging
import time

from django.core.management.base import BaseCommand

from herbarium.periodic import JOBS

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Run the periodic jobs once, or every so many seconds; running them twice is safe."

    def add_arguments(self, parser):
        parser.add_argument(
            "--every", type=int, default=0, help="Seconds between runs; 0 runs once and ends."
        )

    def handle(self, *args, **options):
        while True:
            for name, job in JOBS.items():
                self._run(name, job)
            if not options["every"]:
                return
            time.sleep(options["every"])

    def _run(self, name, job) -> None:
        """One job that fails does not stop the others."""
        try:
            result = job()
        except Exception:
            logger.exception("periodic job %s failed", name)
        else:
            if result:
                self.stdout.write(f"{name}: {result}")
