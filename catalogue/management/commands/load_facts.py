"""Load what every installation needs: places, programmes, vocabulary, references."""

from django.core.management.base import BaseCommand, CommandError

from catalogue.services.loading import load_facts
from catalogue.services.loading.files import BadDataFile


class Command(BaseCommand):
    help = "Load places, programmes, vocabulary and references that are not there yet."

    def handle(self, *args, **options):
        try:
            for step, added in load_facts():
                self.stdout.write(f"  {step}: {added} added")
        except BadDataFile as error:
            raise CommandError(str(error)) from error
