"""Load the demonstration collection from the files under catalogue/data/."""

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from catalogue.services.loading import load_collection
from catalogue.services.loading.files import BadDataFile


class Command(BaseCommand):
    help = "Load the facts and the demonstration collection; what is already there stays as it is."

    def handle(self, *args, **options):
        try:
            for step, added in load_collection():
                self.stdout.write(f"  {step}: {added} added")
        except (BadDataFile, ImproperlyConfigured) as error:
            raise CommandError(str(error)) from error
