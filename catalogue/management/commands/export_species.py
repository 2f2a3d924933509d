"""Write the collection to a workbook or a zip of CSV files, to be edited and imported again."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from catalogue.exchange import ExchangeError, export_species
from catalogue.models import Species


class Command(BaseCommand):
    help = (
        "Write the collection to FILE.xlsx or FILE.zip, for import_species. The file names exact "
        "places of threatened species: it is not for the public."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="Where to write: a name in .xlsx or .zip.")
        parser.add_argument("slugs", nargs="*", help="Addresses of species; without any, all.")

    def handle(self, *args, file, slugs, **options):
        species = Species.objects.all()
        if slugs:
            species = species.filter(slug__in=slugs)
            if missing := set(slugs) - set(species.values_list("slug", flat=True)):
                raise CommandError(f"There is no species {', '.join(sorted(missing))}.")
        try:
            written = export_species(species, file, file.suffix.lower().lstrip("."))
        except (ExchangeError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{file}: {written} species")
