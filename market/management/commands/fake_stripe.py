"""The payment service of a demonstration."""

import signal
import threading
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from market.gateways.fake import Account, FakeStripe, WebhookSender


class Command(BaseCommand):
    """Serve a fake Stripe on loopback until it is told to stop."""

    help = "Serves a small fake Stripe on 127.0.0.1, with a payment page where no money moves."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8001)
        parser.add_argument("--webhook-url", default=f"{settings.BASE_URL}/webhooks/stripe/")
        parser.add_argument("--state-file", type=Path, help="Keeps the account over a restart.")

    def handle(self, *args: Any, **options: Any) -> None:
        key = settings.STRIPE_SECRET_KEY
        _refuse_unusable_key(key)
        # With several webhook secrets the newest stands first.
        secret = settings.STRIPE_WEBHOOK_SECRET.split(",")[0].strip()
        if not secret:
            raise CommandError("STRIPE_WEBHOOK_SECRET must be set.")
        try:
            account = Account(file=options["state_file"])
            fake = FakeStripe(
                api_key=key,
                port=options["port"],
                account=account,
                webhooks=WebhookSender(options["webhook_url"], secret),
            )
        except (OSError, ValueError, OverflowError) as error:
            raise CommandError(f"Cannot start: {error}") from error
        told_to_stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: told_to_stop.set())
        with fake:
            self.stdout.write(f"Fake Stripe answers at {fake.url}; no money moves.")
            self.stdout.flush()
            told_to_stop.wait()


def _refuse_unusable_key(key: str) -> None:
    """Raise CommandError for a key of real money, or for none."""
    if "_live_" in key:
        raise CommandError("STRIPE_SECRET_KEY is a live key; the fake takes only test keys.")
    if not key:
        raise CommandError("STRIPE_SECRET_KEY must be set to any test key.")
