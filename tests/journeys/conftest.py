"""A whole demonstration in processes of its own, and a browser in front of it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from market.services.loading import read_accounts

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 120
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WIDTHS = {"phone": 360, "desk": 1280}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.service("chromium"))


def _two_free_ports() -> int:
    """Return a port that is free together with the next one."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a running demonstration: web, worker, clock and a Stripe of our own."""
    port = _two_free_ports()
    folder = tmp_path_factory.mktemp("demo")
    environment = {k: v for k, v in os.environ.items() if k not in OWN_SETTINGS} | {
        "DJANGO_SETTINGS_MODULE": "herbarium.settings.development",
        "VAR_DIR": str(folder),
        "PORT": str(port),
    }
    if os.environ.get("DATABASE_URL", "").startswith("postgresql"):
        environment["DATABASE_URL"] = request.getfixturevalue("own_database")
    log = (folder / "log").open("w")
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "site" / "manage.py"), "demo", "--port", str(port)],
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(address, process, folder / "log")
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        log.close()


# What the settings of the tests put into the environment is not the demonstration's.
OWN_SETTINGS = {
    "ALLOWED_HOSTS",
    "BASE_URL",
    "DATABASE_URL",
    "DJANGO_SETTINGS_MODULE",
    "SECRET_KEY",
    "STRIPE_API_BASE",
    "STRIPE_SECRET_KEY",
    "STRIPE_WEBHOOK_SECRET",
    "VAR_DIR",
}


@pytest.fixture(scope="session")
def own_database() -> Iterator[str]:
    """An empty PostgreSQL database for the demonstration, beside those of the tests."""
    import psycopg

    parts = urlsplit(os.environ["DATABASE_URL"])
    name = f"demo_{os.getpid()}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    yield urlunsplit(parts._replace(path=f"/{name}"))
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _wait_until_ready(address: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"the demonstration ended:\n{log.read_text()}")
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"the demonstration did not become ready:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(site: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page as somebody with a phone or at a desk: visit("/vi/", "phone", "buyer")."""
    contexts = []
    accounts = {entry["email"].split("@")[0]: entry for entry in read_accounts()}

    def call(path: str, width: str = "desk", who: str = "", **options: Any) -> Page:
        context = browser.new_context(
            base_url=site, viewport={"width": WIDTHS[width], "height": 800}, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "response",
            lambda answer: problems.append(answer.url) if answer.status >= 500 else None,
        )
        page.problems = problems  # type: ignore[attr-defined]
        if who:
            sign_in(page, accounts[who])
        page.goto(path)
        return page

    yield call
    for context in contexts:
        for page in context.pages:
            assert getattr(page, "problems", []) == []
        context.close()


def sign_in(page: Page, account: dict) -> None:
    page.goto("/vi/account/login/")
    page.fill("[name=login]", account["email"])
    page.fill("[name=password]", account["password"])
    page.click("main button[type=submit]")
    page.wait_for_url("**/account/")


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """Fail when axe finds something on a page, or the page is wider than its window."""

    def check(page: Page) -> None:
        found = Axe().run(page)
        violations = [
            (v["id"], [node["target"] for node in v["nodes"]]) for v in found.response["violations"]
        ]
        assert violations == [], page.url
        widths = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert widths[0] <= widths[1], f"{page.url} scrolls sideways: {widths}"

    return check
