"""Stripe's HTTP interface over a fake account, bound to loopback."""

import json
import logging
import socketserver
import threading
from collections import deque
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

from django.utils.encoding import iri_to_uri

from market.gateways.fake import pages
from market.gateways.fake.objects import new_id
from market.gateways.fake.params import (
    CREATE_REFUND,
    CREATE_SESSION,
    LIST_SESSIONS,
    Refusal,
    check,
    decode,
)
from market.gateways.fake.state import Account, Answer, NotOpen
from market.gateways.fake.webhooks import WebhookSender

logger = logging.getLogger(__name__)

BODY_LIMIT = 1_000_000
REDIRECT_WAIT = 2.0  # seconds a buyer may wait for the webhook before going back to the shop


@dataclass(frozen=True)
class Recorded:
    """One request to the API and its answer."""

    method: str
    path: str
    params: dict[str, Any]
    key: str
    status: int
    body: dict[str, Any]


class FakeStripe:
    """A running fake: `url` is what STRIPE_API_BASE has to be. Also a context manager.

    Every `tick` seconds it looks at the clock and at whether it is to stop.
    """

    def __init__(
        self,
        *,
        api_key: str,
        port: int = 0,
        account: Account | None = None,
        webhooks: WebhookSender | None = None,
        tick: float = 0.25,
    ) -> None:
        self.api_key = api_key
        self.account = account or Account()
        self.webhooks = webhooks
        self.requests: deque[Recorded] = deque(maxlen=200)
        self.troubles: deque[int] = deque()
        self._server = _Server(port, self)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.account.base_url = self.url
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(tick,), name="fake-stripe", daemon=True
        )

    def start(self) -> "FakeStripe":
        """Serve from a thread and deliver what an earlier run left undelivered."""
        if self.webhooks:
            self.webhooks.on_delivered = self.account.mark_delivered
            self.account.on_event = self.webhooks.send
            for event in self.account.undelivered():
                self.webhooks.send(event)
            self.webhooks.start()
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop serving and delivering."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        if self.webhooks:
            self.webhooks.stop()

    def __enter__(self) -> "FakeStripe":
        return self.start()

    def __exit__(self, *error: object) -> None:
        self.stop()

    def break_next(self, *statuses: int) -> None:
        """Answer the next requests with these statuses; 0 does the work but loses the answer."""
        self.troubles.extend(statuses)

    def wait_delivered(self, event_id: str) -> None:
        """Give the shop a moment to take the event."""
        if self.webhooks:
            self.webhooks.wait(event_id, REDIRECT_WAIT)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int, fake: FakeStripe) -> None:
        self.fake = fake
        super().__init__(("127.0.0.1", port), _Handler)

    def server_bind(self) -> None:
        """Bind without asking for the machine's name, which may need a network."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    def service_actions(self) -> None:
        """Let the clock expire sessions also when nobody asks for them."""
        self.fake.account.sweep()


class _Handler(BaseHTTPRequestHandler):
    """Each request is one connection: a stopped fake leaves none half alive."""

    timeout = 30

    @property
    def fake(self) -> FakeStripe:
        return cast(_Server, self.server).fake

    def do_GET(self) -> None:
        self._dispatch("GET")

    def do_POST(self) -> None:
        self._dispatch("POST")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the base class's name
        logger.info(format, *args)

    def _dispatch(self, method: str) -> None:
        path = urlsplit(self.path).path
        text = self._body() if method == "POST" else urlsplit(self.path).query
        if path.startswith("/pay/"):
            self._pay_page(method, path.removeprefix("/pay/"), text)
        else:
            self._api(method, path, text)

    def _body(self) -> str:
        length = self.headers.get("Content-Length", "")
        size = min(int(length), BODY_LIMIT) if length.isdecimal() else 0
        return self.rfile.read(size).decode("utf-8", "replace")

    # The API

    def _api(self, method: str, path: str, text: str) -> None:
        trouble = self.fake.troubles.popleft() if self.fake.troubles else None
        if trouble:
            message = {"message": "The fake was told to fail.", "type": "api_error"}
            return self._json(Answer(trouble, {"error": message}))
        given: dict[str, Any] = {}
        try:
            self._authenticate()
            given = decode(text)
            answer = self._answer(method, path, given)
        except Refusal as refusal:
            answer = Answer(refusal.status, refusal.body())
        key = self.headers.get("Idempotency-Key", "")
        self.fake.requests.append(Recorded(method, path, given, key, answer.status, answer.body))
        if trouble is None:
            self._json(answer)
        return None

    def _authenticate(self) -> None:
        scheme, _, key = self.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" or not key:
            raise Refusal(
                "You did not provide an API key. You need to provide your API key in the "
                "Authorization header, using Bearer auth (e.g. 'Authorization: Bearer "
                "YOUR_SECRET_KEY').",
                status=401,
            )
        if key != self.fake.api_key:
            raise Refusal(f"Invalid API Key provided: {key[:8]}****", status=401)

    def _answer(self, method: str, path: str, given: dict[str, Any]) -> Answer:
        account = self.fake.account
        match method, path.strip("/").split("/"):
            case "POST", ["v1", "checkout", "sessions"]:
                return self._once(path, given, CREATE_SESSION, account.create_session)
            case "GET", ["v1", "checkout", "sessions"]:
                return Answer(200, account.list_sessions(check(given, LIST_SESSIONS)))
            case "GET", ["v1", "checkout", "sessions", identifier]:
                check(given, {})
                return Answer(200, account.session(identifier))
            case "POST", ["v1", "checkout", "sessions", identifier, "expire"]:
                return self._once(path, given, {}, lambda params: account.expire(identifier))
            case "POST", ["v1", "refunds"]:
                return self._once(path, given, CREATE_REFUND, account.create_refund)
            case "GET", ["v1", "refunds", identifier]:
                check(given, {})
                return Answer(200, account.refund(identifier))
        raise Refusal(f"Unrecognized request URL ({method}: {path}).", status=404)

    def _once(self, path: str, given: dict[str, Any], fields: Any, work: Any) -> Answer:
        key = self.headers.get("Idempotency-Key", "")
        return self.fake.account.answer_once(
            key=key, endpoint=path, given=given, fields=fields, work=work
        )

    def _json(self, answer: Answer) -> None:
        headers = {"Content-Type": "application/json", "Request-Id": new_id("req")}
        if answer.is_replay:
            headers["Idempotent-Replayed"] = "true"
        self._send(answer.status, json.dumps(answer.body, indent=2), headers)

    # The payment page

    def _pay_page(self, method: str, session_id: str, text: str) -> None:
        account = self.fake.account
        try:
            session = account.session(session_id)
            description = account.description(session_id)
            if method == "POST" and session["status"] == "open":
                return self._act(session, parse_qs(text).get("action", [""])[0])
        except Refusal:
            return self._send(404, pages.unknown_page(), pages.HEADERS)
        except NotOpen:
            session = account.session(session_id)
        if session["status"] == "open":
            was_declined = text == "declined"
            page = pages.payment_page(session, description, was_declined=was_declined)
            return self._send(200, page, pages.HEADERS)
        back = _success_url(session) if session["status"] == "complete" else session["cancel_url"]
        status = 200 if session["status"] == "complete" else 410
        return self._send(status, pages.closed_page(session, back or ""), pages.HEADERS)

    def _act(self, session: dict[str, Any], action: str) -> None:
        account = self.fake.account
        if action == "pay":
            self.fake.wait_delivered(account.pay(session["id"]))
            return self._redirect(_success_url(session))
        if action == "decline":
            account.decline(session["id"])
            return self._redirect(f"/pay/{session['id']}?declined")
        return self._redirect(session["cancel_url"] or f"/pay/{session['id']}")

    def _redirect(self, url: str) -> None:
        self._send(303, "", {"Location": iri_to_uri(url) or "/", "Cache-Control": "no-store"})

    def _send(self, status: int, text: str, headers: dict[str, str]) -> None:
        content = text.encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def _success_url(session: dict[str, Any]) -> str:
    """Return where a buyer goes after paying, with the session's id where it was asked for."""
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])
