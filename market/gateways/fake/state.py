"""A payment account in memory: what Stripe would remember, and the rules it would keep."""

import copy
import json
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from market.gateways.fake import limits, objects
from market.gateways.fake.params import Field, Refusal, check

KEY_LENGTH = 255
EVENTS_KEPT = 1000


class NotOpen(Exception):
    """The payment page can no longer be used; `status` says why."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True)
class Answer:
    """What one request was answered; kept for the requests that repeat its idempotency key."""

    status: int
    body: dict[str, Any]
    is_replay: bool = False


class Account:
    """Sessions, payment intents, refunds, events and the idempotency table of one account.

    Safe to use from several threads. `on_event` is called with every new event and must not block.
    With `file`, everything is written there after each change and read back at the start.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.time,
        file: Path | None = None,
    ) -> None:
        self.base_url = ""
        self.on_event: Callable[[dict[str, Any]], object] = lambda event: None
        self._clock = clock
        self._file = file
        self._lock = threading.RLock()
        self._tables: dict[str, dict[str, Any]] = {
            name: {}
            for name in ("sessions", "items", "payment_intents", "refunds", "events", "answers")
        }
        if file and file.exists():
            self._tables |= json.loads(file.read_text(encoding="utf-8"))

    # Requests

    def answer_once(
        self,
        *,
        key: str,
        endpoint: str,
        given: dict[str, Any],
        fields: dict[str, Field],
        work: Callable[[dict[str, Any]], dict[str, Any]],
    ) -> Answer:
        """Do the work of a POST once per idempotency key and replay its answer afterwards.

        What fails the check of its parameters is not remembered, as at Stripe. Raises Refusal.
        """
        asked = json.dumps([endpoint, given], sort_keys=True)
        with self._lock:
            if known := self._replay(key, asked):
                return known
            checked = check(given, fields)
            try:
                answer = Answer(200, work(checked))
            except Refusal as refusal:
                answer = Answer(refusal.status, refusal.body())
            if key:
                self._tables["answers"][key] = {
                    "asked": asked,
                    "status": answer.status,
                    "body": copy.deepcopy(answer.body),
                    "at": self._now(),
                }
                self._save()
            return answer

    def _replay(self, key: str, asked: str) -> Answer | None:
        if len(key) > KEY_LENGTH:
            raise Refusal(f"Idempotency key is too long (maximum is {KEY_LENGTH} characters)")
        answers = self._tables["answers"]
        for old in [k for k, kept in answers.items() if kept["at"] < self._now() - limits.DAY]:
            del answers[old]
        kept = answers.get(key)
        if kept is None:
            return None
        if kept["asked"] != asked:
            raise Refusal(
                "Keys for idempotent requests can only be used with the same parameters they were "
                f"first used with. Try using a key other than '{key}' if you meant to execute a "
                "different request.",
                type="idempotency_error",
            )
        return Answer(kept["status"], copy.deepcopy(kept["body"]), is_replay=True)

    # Checkout Sessions

    def create_session(self, params: dict[str, Any]) -> dict[str, Any]:
        """Open a Checkout Session. Raises Refusal for amounts and times Stripe does not take."""
        with self._lock:
            now = self._now()
            amount = limits.total(params["line_items"])
            limits.check_expiry(params.get("expires_at"), now)
            session = objects.session(params, amount=amount, now=now)
            self._tables["sessions"][session["id"]] = session
            self._tables["items"][session["id"]] = params["line_items"]
            self._save()
            return self._view(session)

    def session(self, session_id: str) -> dict[str, Any]:
        """Return a session as it is now. Raises Refusal (404) if there is none."""
        with self._lock:
            self.sweep()
            return self._view(self._session(session_id))

    def list_sessions(self, params: dict[str, Any]) -> dict[str, Any]:
        """Return the newest sessions first."""
        limit = params.get("limit", 10)
        if not 1 <= limit <= 100:
            raise Refusal("Invalid integer: limit must be between 1 and 100", param="limit")
        with self._lock:
            self.sweep()
            found = [
                self._view(session)
                for session in reversed(self._tables["sessions"].values())
                if all(session[name] == value for name, value in params.items() if name != "limit")
            ]
        return {
            "object": "list",
            "data": found[:limit],
            "has_more": len(found) > limit,
            "url": "/v1/checkout/sessions",
        }

    def description(self, session_id: str) -> str:
        """Return what is being paid for. Raises Refusal (404) if there is no such session."""
        with self._lock:
            self._session(session_id)
            items = self._tables["items"][session_id]
            return ", ".join(item["price_data"]["product_data"]["name"] for item in items)

    def expire(self, session_id: str) -> dict[str, Any]:
        """Close an open session. Raises Refusal if it is no longer open."""
        with self._lock:
            self.sweep()
            session = self._session(session_id)
            if session["status"] != "open":
                raise Refusal(
                    'Only Checkout Sessions with a status in ["open"] can be expired. '
                    f"This Checkout Session has a status of `{session['status']}`."
                )
            self._expire(session)
            return self._view(session)

    def sweep(self) -> None:
        """Expire the sessions whose time has come."""
        with self._lock:
            for session in self._tables["sessions"].values():
                if session["status"] == "open" and session["expires_at"] <= self._now():
                    self._expire(session)

    # The payment page

    def pay(self, session_id: str) -> str:
        """Pay an open session and return the event's id. Raises NotOpen or Refusal (404)."""
        with self._lock:
            session = self._open_session(session_id)
            intent = objects.payment_intent(session, status="succeeded", now=self._now())
            self._tables["payment_intents"][intent["id"]] = intent
            session |= {
                "customer_details": objects.customer_details(session["customer_email"]),
                "payment_intent": intent["id"],
                "payment_status": "paid",
                "status": "complete",
            }
            return self._emit("checkout.session.completed", session)

    def decline(self, session_id: str) -> str:
        """Refuse the buyer's card; the session stays open. Raises NotOpen or Refusal (404)."""
        with self._lock:
            session = self._open_session(session_id)
            intent = objects.payment_intent(
                session, status="requires_payment_method", now=self._now()
            )
            return self._emit("payment_intent.payment_failed", intent)

    # Refunds

    def create_refund(self, params: dict[str, Any]) -> dict[str, Any]:
        """Give back part or all of a payment, in sum never more than was captured."""
        with self._lock:
            intent = self._tables["payment_intents"].get(params["payment_intent"])
            if intent is None:
                raise _missing("payment_intent", params["payment_intent"], "payment_intent")
            left = intent["amount_received"] - self._refunded(intent["id"])
            amount = params.get("amount", left)
            limits.check_refund(amount, left, intent)
            refund = objects.refund(intent, amount=amount, params=params, now=self._now())
            self._tables["refunds"][refund["id"]] = refund
            self._emit("refund.created", refund)
            return copy.deepcopy(refund)

    def refund(self, refund_id: str) -> dict[str, Any]:
        """Return a refund. Raises Refusal (404) if there is none."""
        with self._lock:
            if refund_id not in self._tables["refunds"]:
                raise _missing("refund", refund_id, "refund")
            return copy.deepcopy(self._tables["refunds"][refund_id])

    # Events

    def undelivered(self) -> list[dict[str, Any]]:
        """Return the events that no endpoint has taken yet, oldest first."""
        with self._lock:
            events = self._tables["events"].values()
            return [copy.deepcopy(event) for event in events if event["pending_webhooks"]]

    def mark_delivered(self, event_id: str) -> None:
        """Note that the endpoint has taken an event."""
        with self._lock:
            if event := self._tables["events"].get(event_id):
                event["pending_webhooks"] = 0
                self._save()

    # Inside: the lock is held

    def _now(self) -> int:
        return int(self._clock())

    def _session(self, session_id: str) -> dict[str, Any]:
        if session_id not in self._tables["sessions"]:
            raise _missing("checkout.session", session_id, "session")
        session: dict[str, Any] = self._tables["sessions"][session_id]
        return session

    def _open_session(self, session_id: str) -> dict[str, Any]:
        self.sweep()
        session = self._session(session_id)
        if session["status"] != "open":
            raise NotOpen(session["status"])
        return session

    def _view(self, session: dict[str, Any]) -> dict[str, Any]:
        url = f"{self.base_url}/pay/{session['id']}" if session["status"] == "open" else None
        return copy.deepcopy(session) | {"url": url}

    def _expire(self, session: dict[str, Any]) -> None:
        session["status"] = "expired"
        self._emit("checkout.session.expired", session)

    def _refunded(self, intent_id: str) -> int:
        refunds = self._tables["refunds"].values()
        return sum(refund["amount"] for refund in refunds if refund["payment_intent"] == intent_id)

    def _emit(self, type_: str, subject: dict[str, Any]) -> str:
        event = objects.event(type_, subject, now=self._now())
        events = self._tables["events"]
        events[event["id"]] = event
        while len(events) > EVENTS_KEPT:
            del events[next(iter(events))]
        self._save()
        self.on_event(copy.deepcopy(event))
        return str(event["id"])

    def _save(self) -> None:
        if self._file is None:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        part = self._file.with_suffix(".part")
        part.write_text(json.dumps(self._tables, ensure_ascii=False), encoding="utf-8")
        os.replace(part, self._file)


def _missing(kind: str, identifier: str, param: str) -> Refusal:
    return Refusal(
        f"No such {kind}: '{identifier}'", status=404, code="resource_missing", param=param
    )
