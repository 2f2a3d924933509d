"""Signed events on their way to an endpoint: retried; on request late, twice or out of order."""

import heapq
import itertools
import json
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

import stripe

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = 10
LONGEST_PAUSE = 60.0
REORDER_WINDOW = 1.0


@dataclass(order=True)
class _Delivery:
    due: float
    place: int
    event: dict[str, Any] = field(compare=False)
    attempt: int = field(default=0, compare=False)


class WebhookSender:
    """Delivers events from a thread of its own, like Stripe: at least once, in no promised order.

    `duplicate` sends every event twice, `reorder` gathers events until a pause and sends the last
    one first, `delay` waits so many seconds before the first attempt, `drop` loses that many
    events for good. An endpoint that does not answer 2xx is tried `attempts` times, with pauses
    that double from `pause` seconds.
    """

    def __init__(
        self,
        url: str,
        secret: str,
        *,
        duplicate: bool = False,
        reorder: bool = False,
        delay: float = 0.0,
        drop: int = 0,
        attempts: int = 8,
        pause: float = 0.5,
        on_delivered: Callable[[str], object] = lambda event_id: None,
    ) -> None:
        self.on_delivered = on_delivered
        self._url = urlsplit(url)
        self._secret = secret
        self._copies = 2 if duplicate else 1
        self._reorder = reorder
        self._delay = delay + (REORDER_WINDOW if reorder else 0.0)
        self._drop = drop
        self._attempts = attempts
        self._pause = pause
        self._waiting: list[_Delivery] = []
        self._settled: dict[str, threading.Event] = {}
        self._changed = threading.Condition()
        self._places = itertools.count()
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="fake-stripe-webhooks", daemon=True)

    def start(self) -> None:
        """Begin to deliver."""
        self._thread.start()

    def stop(self) -> None:
        """Stop after the delivery under way; what is still waiting is not sent."""
        with self._changed:
            self._is_stopping = True
            self._changed.notify_all()
        if self._thread.is_alive():
            self._thread.join(TIMEOUT_SECONDS + 1)

    def send(self, event: dict[str, Any]) -> None:
        """Queue an event. Returns at once."""
        with self._changed:
            if self._drop > 0:
                self._drop -= 1
                return
            self._settled.setdefault(event["id"], threading.Event())
            for _ in range(self._copies):
                place = next(self._places)
                due = time.monotonic() + self._delay
                heapq.heappush(self._waiting, _Delivery(due, place, event))
            if self._reorder:
                self._turn_round()
            self._changed.notify_all()

    def wait(self, event_id: str, seconds: float) -> bool:
        """Return whether the endpoint took the event within so many seconds."""
        with self._changed:
            settled = self._settled.get(event_id)
        return settled.wait(seconds) if settled else False

    def _turn_round(self) -> None:
        """Give first attempts that wait together one moment and the opposite order."""
        fresh = [delivery for delivery in self._waiting if delivery.attempt == 0]
        due = max(delivery.due for delivery in fresh)
        for delivery in fresh:
            delivery.due = due
            delivery.place = -abs(delivery.place)
        heapq.heapify(self._waiting)

    def _run(self) -> None:
        while (delivery := self._next()) is not None:
            if self._post(delivery.event):
                self.on_delivered(delivery.event["id"])
                self._settled[delivery.event["id"]].set()
            else:
                self._again(delivery)

    def _next(self) -> _Delivery | None:
        """Return the next delivery when it is due, or None when it is time to stop."""
        with self._changed:
            while not self._is_stopping:
                if self._waiting:
                    pause = self._waiting[0].due - time.monotonic()
                    if pause <= 0:
                        return heapq.heappop(self._waiting)
                    self._changed.wait(pause)
                else:
                    self._changed.wait()
        return None

    def _again(self, delivery: _Delivery) -> None:
        attempt = delivery.attempt + 1
        if attempt >= self._attempts:
            logger.warning("Gave up on event %s.", delivery.event["id"])
            return
        pause = min(self._pause * 2**delivery.attempt, LONGEST_PAUSE)
        with self._changed:
            place = next(self._places)
            due = time.monotonic() + pause
            heapq.heappush(self._waiting, _Delivery(due, place, delivery.event, attempt))

    def _post(self, event: dict[str, Any]) -> bool:
        """Post one event, signed at this moment, and return whether the answer was 2xx."""
        body = json.dumps(event, ensure_ascii=False)
        signature = stripe.WebhookSignature.generate_signature_header(body, self._secret)
        connect = HTTPSConnection if self._url.scheme == "https" else HTTPConnection
        connection = connect(self._url.netloc, timeout=TIMEOUT_SECONDS)
        try:
            connection.request(
                "POST",
                self._url.path or "/",
                body.encode(),
                {
                    "Content-Type": "application/json; charset=utf-8",
                    "Stripe-Signature": signature,
                    "User-Agent": "Stripe/1.0 (fake)",
                },
            )
            status = connection.getresponse().status
        except (OSError, HTTPException) as error:
            logger.info("Event %s did not arrive: %s", event["id"], error)
            return False
        finally:
            connection.close()
        logger.info("Event %s (%s) was answered %s.", event["id"], event["type"], status)
        return 200 <= status < 300
