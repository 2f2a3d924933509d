"""Make what an empty installation needs once."""

from django.core.management.base import BaseCommand

from herbarium.setup import set_up


class Command(BaseCommand):
    help = "Make the roles and the first pages. Safe to run again after each migration."

    def handle(self, *args, **options):
        set_up()
        self.stdout.write("roles and first pages are in place")
