"""Build the exports now, without waiting for the task."""

import sys

from django.core.management.base import BaseCommand, CommandError

from tqdm import tqdm

from catalogue.exports import building
from catalogue.models import Species


class Command(BaseCommand):
    help = "Build the Darwin Core Archive and the table of the collection anew."

    def handle(self, *args, **options):
        total = Species.objects.visible_to(None).count()
        quiet = options["verbosity"] == 0
        with tqdm(total=total, unit="records", file=sys.stderr, disable=quiet) as bar:
            built = building.build(progress=bar.update)
        if not built.is_current:
            raise CommandError("The collection changed meanwhile; run it again.")
        self.stdout.write(
            f"{built.records} records in {building.path_of(building.ARCHIVE, built.stamp)}"
        )
