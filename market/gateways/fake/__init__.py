"""A small Stripe for tests and demonstrations: same requests, same answers, no money."""

from market.gateways.fake.server import FakeStripe
from market.gateways.fake.state import Account
from market.gateways.fake.webhooks import WebhookSender

__all__ = ["Account", "FakeStripe", "WebhookSender"]
