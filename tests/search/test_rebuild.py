"""Building the index anew, beside one that is in use."""

import threading
import time
from io import StringIO

from django.core.management import CommandError, call_command

import pytest

from catalogue.models import Species
from catalogue.signals import species_changed
from search import fields, indexing
from search.engines import get_engine
from search.engines.base import SearchQuery, SearchUnavailable, SuspiciousRebuild
from search.engines.tantivy import store
from search.engines.tantivy.store import IndexBusy
from search.registry import DOCUMENTS


def directories(root) -> list[str]:
    return sorted(path.name for path in root.glob("index-*"))


@pytest.fixture
def cassia(add_species):
    return add_species("Cinnamomum cassia", "Quế")


def test_before_the_first_build_a_search_is_unavailable(db):
    engine = get_engine()

    assert engine.ready() is False
    with pytest.raises(SearchUnavailable):
        engine.search(SearchQuery(text="quế", language="vi"))
    with pytest.raises(SearchUnavailable):
        engine.sync([], ["species:1"])


def test_a_rebuild_is_everything_that_is_public(
    cassia, add_species, add_lot, add_story, rebuild, home
):
    add_species("Mentha arvensis", "Bạc hà", live=False)
    add_lot(cassia, "QUE-1")
    add_lot(cassia, "QUE-2", state="draft")
    add_story("Giới thiệu")

    assert rebuild() == 5
    assert get_engine().status().counts == {"species": 1, "lots": 1, "sellers": 1, "pages": 2}
    assert get_engine().ready() is True


def test_a_reader_follows_the_swap_and_the_old_directory_goes(
    cassia, add_species, rebuild, found, index_dir
):
    rebuild()
    assert found("quế") == [("species", "que")]
    before = get_engine().status().generation
    add_species("Mentha arvensis", "Bạc hà")
    assert found("bạc hà") == []

    rebuild()

    assert found("bạc hà") == [("species", "bac-ha")]
    after = get_engine().status().generation
    assert after != before
    assert directories(index_dir) == [after]


def test_a_search_in_progress_outlives_the_swap(cassia, rebuild):
    rebuild()
    engine = get_engine()
    searcher = engine.store.searcher()

    rebuild()

    assert searcher.num_docs == 1
    found = searcher.search(store.tantivy.Query.all_query(), 1)
    assert searcher.doc(found.hits[0][1]).get_first(fields.KEY) == f"species:{cassia.pk}"


def test_readers_see_no_error_while_the_index_is_swapped(cassia, rebuild):
    rebuild()
    engine, stop, seen = get_engine(), threading.Event(), []
    query = SearchQuery(text="quế", language="vi")

    def read():
        while not stop.is_set():
            seen.append(engine.search(query).total)

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(5):
        rebuild()
    stop.set()
    reader.join()

    assert set(seen) == {1}


def test_a_suspiciously_small_rebuild_keeps_the_old_index(
    cassia, add_species, rebuild, found, index_dir, monkeypatch
):
    add_species("Mentha arvensis", "Bạc hà")
    rebuild()
    kept = directories(index_dir)
    monkeypatch.setattr(indexing, "_all_documents", lambda *args: iter([]))

    with pytest.raises(SuspiciousRebuild):
        rebuild()

    assert directories(index_dir) == kept
    assert found("quế") == [("species", "que")]


def test_an_empty_database_does_not_empty_the_index(cassia, rebuild, found):
    rebuild()
    Species.objects.update(live=False)

    with pytest.raises(SuspiciousRebuild):
        rebuild()

    assert found("quế") == [("species", "que")]


def test_a_rebuild_that_fails_leaves_nothing_behind(cassia, rebuild, index_dir, monkeypatch):
    rebuild()
    kept = directories(index_dir)

    def broken(record):
        raise RuntimeError

    monkeypatch.setattr(DOCUMENTS["species"], "from_model", broken)
    with pytest.raises(RuntimeError):
        rebuild()

    assert directories(index_dir) == kept


def test_a_writer_waits_for_another_one(cassia, rebuild, found):
    rebuild()
    other = store.tantivy.Index.open(str(get_engine().store.current())).writer(15_000_000, 1)
    holder = [other]
    del other

    def release():
        time.sleep(0.1)
        holder.clear()

    helper = threading.Thread(target=release)
    helper.start()
    Species.objects.filter(pk=cassia.pk).update(live=False)
    species_changed.send(Species, pk=cassia.pk)
    helper.join()

    assert found("quế") == []


def test_a_writer_does_not_wait_for_ever(cassia, rebuild, monkeypatch):
    slept = []
    rebuild()
    other = store.tantivy.Index.open(str(get_engine().store.current())).writer(15_000_000, 1)
    monkeypatch.setattr(store.time, "sleep", slept.append)

    with pytest.raises(IndexBusy):
        get_engine().sync([], ["species:1"])

    assert slept == list(store.BUSY_DELAYS_SECONDS)
    del other


def test_an_index_of_another_version_is_as_good_as_none(cassia, rebuild, index_dir):
    rebuild()
    (index_dir / store.POINTER).write_text("index-v0-old")

    assert get_engine().ready() is False
    assert rebuild() == 1
    assert get_engine().ready() is True


def test_the_command_builds_and_reports(cassia):
    out = StringIO()
    call_command("search_index", "rebuild", stdout=out, no_color=True)
    call_command("search_index", "status", stdout=out, no_color=True)

    generation = get_engine().status().generation
    assert out.getvalue().splitlines() == [
        "Indexed 1 documents.",
        "0 changes wait, 0 dead",
        generation,
        "species: 1",
    ]


def test_the_command_fails_without_an_index(db):
    with pytest.raises(CommandError, match="not built"):
        call_command("search_index", "status")


def test_a_rebuild_asks_a_fixed_number_of_queries(
    cassia, add_lot, rebuild, django_assert_num_queries, django_assert_max_num_queries
):
    add_lot(cassia, "QUE-1")
    with django_assert_max_num_queries(60) as one:
        rebuild()
    for number in range(2, 6):
        add_lot(cassia, f"QUE-{number}")

    with django_assert_num_queries(len(one)):
        rebuild()


@pytest.mark.parametrize("action", ["rebuild", "status", "drain", "check", "prune"])
def test_every_action_runs_as_from_a_shell(cassia, rebuild, action):
    """With the checks of the system, which `call_command` leaves out by itself."""
    rebuild()
    call_command("search_index", action, skip_checks=False, stdout=StringIO())


def test_a_comparison_that_finds_a_difference_fails(cassia, rebuild):
    rebuild()
    Species.objects.update(live=False)
    out = StringIO()

    with pytest.raises(CommandError, match="1 differences"):
        call_command("search_index", "check", stdout=out)

    assert f"species:{cassia.pk}: left over" in out.getvalue()
