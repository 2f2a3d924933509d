"""Generate a market of any size, to measure what the site does with it."""

import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from tqdm import tqdm

from market.services.generating import generate


class Command(BaseCommand):
    help = (
        "Add generated sellers and lots until there are so many; the same numbers give the same "
        "ones. What is there already stays, so that it can be run again after an interruption."
    )

    def add_arguments(self, parser):
        parser.add_argument("--lots", type=int, required=True, help="How many lots in the end.")
        parser.add_argument("--sellers", type=int, default=100, help="How many sell them.")
        parser.add_argument("--seed", type=int, default=0, help="Which market.")

    def handle(self, *args, **options):
        if min(options["lots"], options["sellers"]) < 1:
            raise CommandError("--lots and --sellers must be at least 1.")
        quiet = options["verbosity"] == 0
        with tqdm(total=options["lots"], unit=" lots", file=sys.stderr, disable=quiet) as bar:
            try:
                added = generate(
                    lots=options["lots"],
                    sellers=options["sellers"],
                    seed=options["seed"],
                    progress=bar.update,
                )
            except ImproperlyConfigured as error:
                raise CommandError(str(error)) from error
        self.stdout.write(f"{added} lots added; `search_index rebuild` lets them be found")
