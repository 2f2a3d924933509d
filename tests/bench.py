"""Prints speed figures as ratios measured in one run: `make bench`.

Absolute times say more about the machine than about the code; a ratio to a bare call beside it
does not. Nothing here is a test.
"""

import io
import os
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable

# The demonstration's settings, so that what can wait for the worker waits; in a folder of its own.
os.environ["DJANGO_SETTINGS_MODULE"] = "herbarium.settings.development"
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="herbarium-bench-")
sys.path[:0] = ["site"]

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client

from market.models import Buyer, Lot
from market.services import orders
from search.engines import get_engine
from search.engines.base import SearchQuery
from tests.bench_exports import archive_against_bare_write

ROUNDS = 40
GENERATED_TAXA = 5_000


def p50(call: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median time of a call in milliseconds, after three that warm it up."""
    for _warm in range(3):
        call()
    times = []
    for _round in range(rounds):
        begin = time.perf_counter()
        call()
        times.append(time.perf_counter() - begin)
    return statistics.median(times) * 1000


def one_query() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def say(what: str, ratio: float, of: str, milliseconds: float) -> None:
    sys.stdout.write(f"{what:46} {ratio:8.1f} × {of} ({milliseconds:.2f} ms)\n")


def main() -> None:
    """Load the demonstration into a throw-away database and measure it."""
    quiet = io.StringIO()
    for command in (
        ["migrate", "-v0"],
        ["setup_site"],
        ["load_collection"],
        ["load_market"],
        ["search_index", "rebuild"],
    ):
        call_command(*command, stdout=quiet)
    client = Client(HTTP_HOST="127.0.0.1")
    alive = p50(lambda: client.get("/healthz"))
    for name, address in (
        ("home page", "/vi/"),
        ("collection", "/vi/species/"),
        ("species page", "/vi/species/que/"),
        ("market", "/vi/market/"),
        ("lot page", "/vi/market/lots/DEMO-QUE-01/"),
        ("search page", "/vi/search/?q=que"),
        ("suggestions", "/vi/search/suggest/?q=qu"),
        ("API species list", "/api/v1/species?limit=100"),
    ):
        taken = p50(lambda address=address: client.get(address))
        say(name, taken / alive, "an empty answer", taken)

    engine = get_engine()
    bare = p50(lambda: engine.search(SearchQuery(text="que", language="vi")))
    page = p50(lambda: client.get("/vi/search/?q=que"))
    say("search page", page / bare, "the engine's own call", page)

    lot = Lot.objects.sellable().order_by("-available_grams").first()
    buyer = Buyer.objects.first()
    person = buyer.members.get().person
    grams = lot.smallest_order_grams
    query = p50(one_query)
    placed = p50(
        lambda: orders.place(lot=lot, buyer=buyer, person=person, grams=grams, token=uuid.uuid4()),
        rounds=10,
    )
    say("placing an order", placed / query, "one empty query", placed)

    call_command("generate_collection", taxa=GENERATED_TAXA, stdout=quiet)
    archive_against_bare_write()  # the first one warms it up
    ratio, taken = archive_against_bare_write()
    say(f"archive of {GENERATED_TAXA} taxa", ratio, "writing its rows again", taken)


if __name__ == "__main__":
    main()
