"""Generate a collection of any size, to measure what the site does with it."""

import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from tqdm import tqdm

from catalogue.services.generating import generate


class Command(BaseCommand):
    help = (
        "Add generated taxa until there are so many; the same seed gives the same ones. "
        "What is there already stays, so that it can be run again after an interruption."
    )

    def add_arguments(self, parser):
        parser.add_argument("--taxa", type=int, required=True, help="How many taxa in the end.")
        parser.add_argument("--seed", type=int, default=0, help="Which collection.")

    def handle(self, *args, **options):
        if options["taxa"] < 1:
            raise CommandError("--taxa must be at least 1.")
        quiet = options["verbosity"] == 0
        with tqdm(total=options["taxa"], unit="taxa", file=sys.stderr, disable=quiet) as bar:
            try:
                added = generate(taxa=options["taxa"], seed=options["seed"], progress=bar.update)
            except ImproperlyConfigured as error:
                raise CommandError(str(error)) from error
        self.stdout.write(f"{added} taxa added; `search_index rebuild` lets them be found")
