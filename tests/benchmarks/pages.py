"""Pages of the demonstration beside an empty answer, and an order beside an empty query."""

import uuid

from django.db import connection
from django.test import Client

from market.models import Buyer, Lot
from market.services import orders
from search.engines import get_engine
from search.engines.base import SearchQuery
from tests.benchmarks.timing import ms, p50, say, times

PAGES = (
    ("home page", "/vi/"),
    ("collection", "/vi/species/"),
    ("species page", "/vi/species/que/"),
    ("market", "/vi/market/"),
    ("lot page", "/vi/market/lots/DEMO-QUE-01/"),
    ("search page", "/vi/search/?q=que"),
    ("suggestions", "/vi/search/suggest/?q=qu"),
    ("API species list", "/api/v1/species?limit=100"),
)


def measure() -> None:
    """Print what pages and an order cost."""
    client = Client(HTTP_HOST="127.0.0.1")
    empty = p50(times(lambda: client.get("/healthz")))
    for name, address in PAGES:
        taken = p50(times(lambda address=address: client.get(address)))
        say(name, taken / empty, "an empty answer", ms(taken))
    engine = get_engine()
    bare = p50(times(lambda: engine.search(SearchQuery(text="que", language="vi"))))
    page = p50(times(lambda: client.get("/vi/search/?q=que")))
    say("search page", page / bare, "the engine's own call", ms(page))
    _order()


def _order() -> None:
    lot = Lot.objects.sellable().order_by("-available_grams").first()
    buyer = Buyer.objects.first()
    person = buyer.members.get().person
    grams = lot.smallest_order_grams
    query = p50(times(_one_query))
    placed = times(
        lambda: orders.place(lot=lot, buyer=buyer, person=person, grams=grams, token=uuid.uuid4()),
        rounds=10,
    )
    say("placing an order", p50(placed) / query, "one empty query", ms(p50(placed)))


def _one_query() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
