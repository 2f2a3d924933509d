"""Pay back what is due: orders paid too late or with the wrong amount."""

from django.core.management.base import BaseCommand

from market.gateways.base import GatewayError
from market.models import Order
from market.services.refunds import settle


class Command(BaseCommand):
    help = "Pay back every order whose refund is due; --dry-run only lists them."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="List the orders, pay nothing.")

    def handle(self, *args, **options):
        for order in Order.objects.refund_due().select_related("payment"):
            if options["dry_run"]:
                self.stdout.write(f"{order.reference}: {order.payment.received_minor} due")
                continue
            try:
                settle(order)
                self.stdout.write(f"{order.reference}: paid back")
            except GatewayError as error:
                self.stderr.write(f"{order.reference}: not paid back, {error}")
