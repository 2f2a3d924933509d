"""What every test may use: services that may be absent, people, a Stripe of our own."""

import importlib.util
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import translation

import pytest

from market.gateways.fake import FakeStripe
from market.models import Buyer, Lot, Order
from market.services import orders
from tests.factories.market import BuyerMemberFactory, LotFactory

REQUIRED = set(os.environ.get("REQUIRE_SERVICES", "").split(",")) - {""}


def _is_there(service: str) -> bool:
    if service == "postgresql":
        return connection.vendor == "postgresql"
    if service == "chromium":
        return shutil.which("chromium") is not None
    if service == "noida":
        return importlib.util.find_spec("noida_db") is not None
    if service == "osmem":
        return importlib.util.find_spec("osmem_server") is not None
    if service == "opensearch":  # made by `make search-node`
        return (Path(settings.BASE_DIR) / "var" / "search-node" / "java-home").is_file()
    raise ValueError(f"unknown service {service!r}")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--second-database",
        action="store_true",
        help="Leave out the tests that ask no database: the run on the first one has seen them.",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--second-database"):
        left_out = [item for item in items if not _asks_a_database(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]
    items.sort(key=_place(items))


def _place(items: list[pytest.Item]) -> Callable[[pytest.Item], int]:
    """Return where a test stands: those that read the demonstration together, before the others.

    A file that reads it in some tests comes first, and these tests last in it: the next file finds
    it loaded.
    """
    reading = {item.path for item in items if _reads_demonstration(item)}
    mixed = {item.path for item in items if not _reads_demonstration(item)} & reading

    def place(item: pytest.Item) -> int:
        if item.path in mixed:
            return int(_reads_demonstration(item))
        return 2 if item.path in reading else 3

    return place


def _reads_demonstration(item: pytest.Item) -> bool:
    return "demonstration" in getattr(item, "fixturenames", ())


DATABASE_FIXTURES = {"db", "transactional_db", "site"}


def _asks_a_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("one_database"):
        return False
    marked = item.get_closest_marker("django_db") is not None
    return marked or bool(DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose service is absent, unless REQUIRE_SERVICES says it must be there."""
    if _asks_a_database(item) and not _reads_demonstration(item):
        DEMONSTRATION.unload()
    for marker in item.iter_markers("service"):
        service = marker.args[0]
        if not _is_there(service):
            if service in REQUIRED:
                pytest.fail(f"{service} is required and absent")
            pytest.skip(f"{service} is absent")


@pytest.fixture(autouse=True)
def _vietnamese() -> Iterator[None]:
    """Every test begins in the site's first language, whatever the one before it left behind."""
    with translation.override("vi"):
        yield


@pytest.fixture
def fake_stripe(settings: Any) -> Iterator[FakeStripe]:
    """A payment service on loopback that the settings point to; it sends no webhooks."""
    fake = FakeStripe(api_key=settings.STRIPE_SECRET_KEY, tick=0.02)
    fake.start()
    settings.STRIPE_API_BASE = fake.url
    yield fake
    fake.stop()


@pytest.fixture
def lot(db: None) -> Lot:
    """A lot of 100 kg on sale at 75.000 ₫/kg, orders from 1 kg, without a certificate."""
    return LotFactory()


@pytest.fixture
def buyer(db: None) -> Buyer:
    """An organisation with one member."""
    return BuyerMemberFactory().buyer


@pytest.fixture
def place(buyer: Buyer) -> Callable[..., Order]:
    """Place an order for the buyer: place(lot, grams)."""

    def call(lot: Lot, grams: int, token: uuid.UUID | None = None) -> Order:
        return orders.place(
            lot=lot,
            buyer=buyer,
            person=buyer.members.get().person,
            grams=grams,
            token=token or uuid.uuid4(),
        )

    return call


class Demonstration:
    """The demonstration in a transaction around the tests that read it, one after the other."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self.is_loaded = False

    def load(self, blocker: Any) -> None:
        """Load it unless it is loaded; it takes some ten seconds."""
        if self.is_loaded:
            return
        self._open.enter_context(blocker.unblock())
        self._open.enter_context(transaction.atomic())
        call_command("setup_site", verbosity=0)
        call_command("load_collection", verbosity=0)
        call_command("load_market", verbosity=0)
        call_command("search_index", "rebuild", verbosity=0)
        if connection.vendor == "postgresql":
            # It plans by statistics that it would gather by itself only after the commit.
            connection.cursor().execute("ANALYZE")
        self.is_loaded = True

    def unload(self) -> None:
        """Take it back, so that a test finds the database as empty as it expects."""
        if self.is_loaded:
            transaction.set_rollback(True)
        self._open.close()
        self.is_loaded = False


DEMONSTRATION = Demonstration()


@pytest.fixture(scope="session")
def _demonstration_ends(django_db_setup: None) -> Iterator[None]:
    yield
    DEMONSTRATION.unload()


@pytest.fixture(scope="module")
def demonstration(_demonstration_ends: None, django_db_blocker: Any) -> None:
    """The whole demonstration collection and market, loaded once for all tests that read it.

    They come first (pytest_collection_modifyitems), and the first test that asks the database
    without it takes it back.
    """
    DEMONSTRATION.load(django_db_blocker)
