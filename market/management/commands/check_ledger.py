"""Compare every lot's cached kilograms with the sum of its movements."""

from django.core.management.base import BaseCommand, CommandError

from market.models import Lot


class Command(BaseCommand):
    help = "Print every lot whose kilograms differ from its ledger; fails when there is one."

    def handle(self, *args, **options):
        wrong = list(Lot.objects.with_ledger_differences())
        for lot in wrong:
            self.stdout.write(f"{lot.code}: {lot.available_grams} g, ledger {lot.ledger_grams} g")
        if wrong:
            raise CommandError(f"{len(wrong)} lots differ from their ledger.")
        self.stdout.write("every lot agrees with its ledger")
