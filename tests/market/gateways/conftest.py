"""A fake Stripe on loopback and an endpoint that takes its webhooks."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from market.gateways import CheckoutLink, PaymentGateway, gateway
from market.gateways.fake import Account, FakeStripe, WebhookSender

LANDING = "http://testserver/vi/account/orders/HL-1/"


class Clock:
    """The time by which the fake lives; moved by hand."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead

    def forward(self, **delta: float) -> None:
        self.ahead += timedelta(**delta).total_seconds()


class Endpoint:
    """A webhook endpoint that keeps what it is sent and answers what it is told."""

    def __init__(self) -> None:
        self.received: list[tuple[bytes, str]] = []
        self.answers: list[int] = []
        self._changed = threading.Condition()
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = endpoint.take(body, self.headers["Stripe-Signature"])
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: object) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/webhooks/stripe/"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def take(self, body: bytes, signature: str) -> int:
        with self._changed:
            self.received.append((body, signature))
            self._changed.notify_all()
            return self.answers.pop(0) if self.answers else 200

    def wait_for(self, count: int, seconds: float = 5) -> list[tuple[bytes, str]]:
        """Return what came as soon as there are so many messages; fail if they do not come."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.received) >= count, seconds), (
                f"{len(self.received)} of {count} messages came"
            )
            return list(self.received)

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    endpoint = Endpoint()
    yield endpoint
    endpoint.stop()


@pytest.fixture
def start_fake(settings: Any, clock: Clock) -> Iterator[Callable[..., FakeStripe]]:
    """Start a fake that the settings point to; switches go to its webhook sender."""
    running: list[FakeStripe] = []

    def start(webhook_url: str = "", **switches: Any) -> FakeStripe:
        secret = settings.STRIPE_WEBHOOK_SECRET
        sender = WebhookSender(webhook_url, secret, **switches) if webhook_url else None
        fake = FakeStripe(
            api_key=settings.STRIPE_SECRET_KEY,
            account=Account(clock=clock),
            webhooks=sender,
            tick=0.02,
        )
        running.append(fake.start())
        settings.STRIPE_API_BASE = fake.url
        return fake

    yield start
    for fake in running:
        fake.stop()


@pytest.fixture
def fake(start_fake: Callable[..., FakeStripe]) -> FakeStripe:
    return start_fake()


@pytest.fixture
def stripe_gateway(fake: FakeStripe) -> PaymentGateway:
    return gateway()


@pytest.fixture
def open_checkout() -> Callable[..., CheckoutLink]:
    """Open a payment page with usual arguments; any of them can be replaced."""
    # One moment for all calls: with it the same call is the same request.
    expires_at = datetime.now(UTC) + timedelta(minutes=45)

    def call(**changes: Any) -> CheckoutLink:
        usual = {
            "reference": "HL-1",
            "amount_minor": 4_500_000,
            "currency": "VND",
            "description": "Quế, lô LC-2026-7, 60 kg",
            "email": "buyer@example.org",
            "success_url": f"{LANDING}?session={{CHECKOUT_SESSION_ID}}",
            "cancel_url": LANDING,
            "expires_at": expires_at,
            "key": "HL-1:1",
        }
        return gateway().open_checkout(**(usual | changes))

    return call


@pytest.fixture
def browse() -> Callable[..., tuple[int, str, str]]:
    """Ask for a page as a browser does and return status, Location and text."""

    def ask(url: str, action: str = "") -> tuple[int, str, str]:
        parts = urlsplit(url)
        connection = HTTPConnection(parts.netloc, timeout=10)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        if action:
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", path, urlencode({"action": action}), form)
        else:
            connection.request("GET", path)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, answer.headers.get("Location", ""), text

    return ask
