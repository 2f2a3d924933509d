"""Give back the kilograms of orders whose time to pay ran out."""

from django.core.management.base import BaseCommand

from market.services.expiry import expire_overdue


class Command(BaseCommand):
    help = "Expire unpaid orders whose hold ran out. Run it every minute; running it twice is safe."

    def handle(self, *args, **options):
        self.stdout.write(f"{expire_overdue()} orders expired")
