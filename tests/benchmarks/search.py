"""The embedded engine with many lots: rebuilding, searching, suggesting, and catching up."""

import contextlib
import itertools
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

from django.conf import settings
from django.test import Client

import tantivy

from catalogue.models import VernacularName
from market.models import Lot
from market.signals import lot_changed
from search import facets, indexing
from search import fields as f
from search.documents.lots import LotDocument
from search.engines import get_engine
from search.engines.base import MOST_VALUES, Asked, Results, SearchQuery
from search.engines.tantivy.schema import schema, to_tantivy
from search.engines.tantivy.store import REBUILD_HEAP_BYTES
from search.engines.tantivy.translate import to_query
from tests.benchmarks.timing import ms, p50, p99, say, timed, times

MANAGE = str(Path(settings.BASE_DIR) / "site" / "manage.py")
SAMPLE = 20_000
CHANGES = 15
MOST_SECONDS_OF_A_CHANGE = 30
# What buyers type among all lots; filter and order as they pick them.
SEARCHES = (
    ("quế", {"certificate": ("gacp_who",)}, "cheapest"),
    ("quế vỏ", {"form": ("dried_cut", "powder")}, "cheapest"),
    ("que yen bai", {"kg": ("100",)}, "newest"),
    ("thảo quả khô", {"grade": ("a",)}, "largest"),
    ("cinnamon bark", {"seller": ("cooperative",)}, "dearest"),
    ("sâm lai châu", {"on_sale": ("yes",)}, "assay"),
    ("đương quy rễ", {"price": ("100000-200000",)}, "newest"),
    ("atiso lá", {"ocop": ("4",)}, "cheapest"),
)
PREFIXES = 60


def measure() -> None:
    """Print what the embedded engine costs with all lots in it."""
    _rebuild()
    _searches()
    _suggestions()
    _changes()


def _rebuild() -> None:
    begin = time.perf_counter()
    line = [sys.executable, MANAGE, "search_index", "rebuild"]
    with subprocess.Popen(line, stdout=subprocess.DEVNULL) as process:
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    taken = time.perf_counter() - begin
    if process.returncode:
        raise RuntimeError("The rebuild failed")
    number = sum(get_engine().status().counts.values())
    bare = _bare_seconds_per_document() * number
    detail = f"{taken:.0f} s, {usage.ru_maxrss / 1024:.0f} MB"
    say(f"rebuild of {number:,} documents", taken / bare, "adding ready ones to tantivy", detail)


def _bare_seconds_per_document() -> float:
    lots = LotDocument.queryset().order_by("pk")[:SAMPLE]
    ready = [to_tantivy(document) for document in LotDocument.maker()(list(lots))]
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        writer = tantivy.Index(schema(), path=folder).writer(REBUILD_HEAP_BYTES)
        for document in ready:
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        return (time.perf_counter() - begin) / len(ready)


def _searches() -> None:
    """Text, filter, all facets and an order, beside the same query given to tantivy ready-made."""
    engine = get_engine()
    ours, bare = [], []
    for text, filters, order in SEARCHES:
        picked = {"kind": ("lots",), **filters}
        query = SearchQuery(
            text=text,
            language="vi",
            filters=picked,
            sort=order,
            facets=facets.asked_of(["lots"], picked),
        )
        ours.append(times(lambda query=query: engine.search(query)))
        bare.append(times(_bare_search(query)))
    everything = list(itertools.chain(*ours))
    ratio = p50(map(p50, ours)) / p50(map(p50, bare))
    say("search: text, filter, all facets, an order", ratio, "tantivy's call", ms(p50(everything)))
    spread = p99(everything) / p50(everything)
    say("  one in a hundred", spread, "their median", ms(p99(everything)))


def _bare_search(query: SearchQuery) -> Callable[[], object]:
    """Return one search and one aggregation of what a query comes to."""
    engine = get_engine()
    caught: list[Asked] = []
    with patch.object(engine, "find", lambda asked: caught.append(asked) or Results(0, (), {})):
        engine.search(query)
    matching = to_query(caught[0].narrowed())
    counts = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in query.facets}
    order = f.column(query.sort)

    def call() -> None:
        searcher = engine.store.searcher()
        searcher.search(matching, query.limit + 1, order_by_field=order, order=tantivy.Order.Asc)
        searcher.aggregate(matching, counts)

    return call


def _suggestions() -> None:
    client = Client(HTTP_HOST="127.0.0.1")
    empty = p50(times(lambda: client.get("/healthz")))
    names = list(VernacularName.objects.order_by("pk").values_list("name", flat=True)[:2_000])
    chance = random.Random(4)
    typed = [name[: chance.randrange(1, 8)] for name in chance.sample(names, PREFIXES)]
    taken = [
        one
        for text in typed
        for one in times(
            lambda text=text: client.get("/vi/search/suggest/", {"q": text}), rounds=10
        )
    ]
    say("suggestions, through the page", p50(taken) / empty, "an empty answer", ms(p50(taken)))
    say("  one in a hundred", p99(taken) / p50(taken), "their median", ms(p99(taken)))


def _changes() -> None:
    """From the commit of a change until a search finds it, with the worker at work."""
    with _worker():
        taken = [_until_found(lot) for lot in Lot.objects.sellable().order_by("pk")[:CHANGES]]
    lot = Lot.objects.sellable().order_by("pk").first()
    bare = timed(lambda: indexing.bring_up_to_date("lots", [lot.pk]))
    say("a change until it is found", p50(taken) / bare, "saving it in the index", ms(p50(taken)))
    say("  at worst", max(taken) / p50(taken), "their median", ms(max(taken)))


@contextlib.contextmanager
def _worker() -> Iterator[None]:
    line = [sys.executable, MANAGE, "db_worker", "--interval=0.5", "--no-startup-delay", "-v0"]
    with subprocess.Popen(line) as worker:
        try:
            yield
        finally:
            worker.terminate()


def _until_found(lot: Lot) -> float:
    """Give a lot a code that nothing has and return when it is found, in milliseconds."""
    code = f"THAY-{lot.pk:08}"
    Lot.objects.filter(pk=lot.pk).update(code=code)
    begin = time.perf_counter()
    lot_changed.send(Lot, pk=lot.pk)
    query = SearchQuery(text=code, language="vi", filters={"kind": ("lots",)})
    while not any(hit.id == code for hit in get_engine().search(query).hits):
        if time.perf_counter() - begin > MOST_SECONDS_OF_A_CHANGE:
            raise TimeoutError(f"{code} was not found")
        time.sleep(0.02)
    return (time.perf_counter() - begin) * 1000
