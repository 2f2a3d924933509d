"""Load the demonstration market from the files under market/data/."""

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from catalogue.services.loading.files import BadDataFile
from market.services.loading import load_market


class Command(BaseCommand):
    help = "Load the demonstration market; what is already there stays as it is."

    def handle(self, *args, **options):
        try:
            for step, added in load_market():
                self.stdout.write(f"  {step}: {added} added")
        except (BadDataFile, ImproperlyConfigured) as error:
            raise CommandError(str(error)) from error
