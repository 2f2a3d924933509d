"""The outbox: what is put down, who takes it out, and what becomes of what fails."""

from datetime import timedelta

from django.utils import timezone

import pytest

from catalogue.models import Species
from catalogue.signals import species_changed
from market.models import Lot
from market.signals import lot_changed
from search import draining, indexing, leases, outbox
from search.engines.base import SearchUnavailable
from search.engines.tantivy import TantivyEngine
from search.models import Change, Lease, Rebuild
from search.registry import DOCUMENTS

DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def waits(settings):
    """Tasks wait for a worker, and so do changes."""
    settings.TASKS = DATABASE


@pytest.fixture
def cassia(add_species, rebuild):
    species = add_species("Cinnamomum cassia", "Quế")
    rebuild()
    return species


def waiting():
    return [(change.label, change.record) for change in outbox.waiting()]


def test_a_change_waits_until_it_is_told(waits, cassia, found):
    Species.objects.update(live=False)
    species_changed.send(Species, pk=cassia.pk)
    assert waiting() == [("species", cassia.pk)]
    assert found("quế") == [("species", "que")]

    assert str(draining.drain()) == "1 done, 0 failed"

    assert waiting() == []
    assert found("quế") == []
    assert str(draining.drain()) == "0 done, 0 failed"


def test_a_lot_is_told_with_its_species_which_is_on_sale_or_not(waits, cassia, add_lot, found):
    lot = add_lot(cassia, "QUE-1")
    lot_changed.send(Lot, pk=lot.pk)
    assert waiting() == [("lots", lot.pk), ("species", cassia.pk)]

    draining.drain()

    assert found(on_sale="yes", kind="species") == [("species", "que")]


def test_while_the_index_is_away_everything_waits_and_nothing_is_counted_as_failed(
    waits, cassia, monkeypatch
):
    outbox.put("species", [cassia.pk])

    def away(self, upserts, deletes):
        raise SearchUnavailable("away")

    monkeypatch.setattr(TantivyEngine, "sync", away)
    for _ in range(20):
        assert str(draining.drain()) == "0 done, 0 failed, the index is away"
    change = Change.objects.get()
    assert (change.attempts, change.is_dead, change.done_at) == (0, False, None)

    monkeypatch.undo()
    assert draining.drain().done == 1


def test_without_an_index_nothing_is_even_read(waits, add_species, django_assert_num_queries):
    outbox.put("species", [add_species("Cinnamomum cassia", "Quế").pk])
    with django_assert_num_queries(0):
        assert draining.drain().is_away


def test_a_record_that_cannot_be_made_a_document_does_not_keep_the_others_waiting(
    waits, cassia, add_species, monkeypatch, found
):
    mint = add_species("Mentha arvensis", "Bạc hà")
    make = DOCUMENTS["species"].from_model

    def broken_for_cassia(record):
        if record.pk == cassia.pk:
            raise ValueError("no such month")
        return make(record)

    monkeypatch.setattr(DOCUMENTS["species"], "from_model", broken_for_cassia)
    outbox.put("species", [cassia.pk, mint.pk])

    assert str(draining.drain()) == "1 done, 1 failed"

    assert found("bạc hà") == [("species", "bac-ha")]
    change = outbox.waiting().get()
    assert (change.attempts, change.error) == (1, "ValueError: no such month")
    assert change.retry_at > timezone.now()


def test_what_fails_waits_longer_each_time_is_given_up_and_can_be_revived(
    waits, cassia, monkeypatch
):
    def broken(record):
        raise ValueError("broken")

    monkeypatch.setattr(DOCUMENTS["species"], "from_model", broken)
    outbox.put("species", [cassia.pk])
    pauses = []
    for _ in range(len(draining.RETRY_AFTER)):
        before = timezone.now()
        draining.drain()
        change = Change.objects.get()
        pauses.append(round((change.retry_at - before).total_seconds()))
        Change.objects.update(retry_at=timezone.now())
    assert pauses == [5, 30, 120, 600, 3600, 21600]

    draining.drain()

    assert outbox.waiting().count() == 0
    assert outbox.dead().count() == 1
    assert draining.drain().done == 0

    monkeypatch.undo()
    assert outbox.revive(outbox.dead()) == 1
    assert draining.drain().done == 1


def test_one_at_a_time_takes_changes_out(waits, cassia):
    outbox.put("species", [cassia.pk])
    with leases.held("outbox", timedelta(seconds=60)) as lease:
        assert lease is not None
        assert str(draining.drain()) == "0 done, 0 failed, somebody else is at it"
    assert draining.drain().done == 1


def test_a_lease_of_a_killed_process_ends_by_itself(waits, cassia):
    outbox.put("species", [cassia.pk])
    Lease.objects.create(name="outbox", until=timezone.now() + timedelta(seconds=60))
    assert draining.drain().is_busy

    Lease.objects.update(until=timezone.now())

    assert draining.drain().done == 1


def test_who_has_lost_the_lease_tells_nothing_more(waits, cassia):
    with leases.held("outbox", timedelta(seconds=60)) as lease:
        lease.renew()
        Lease.objects.update(token="00000000-0000-0000-0000-000000000000")
        with pytest.raises(leases.LeaseLost):
            lease.renew()


def test_a_change_during_a_rebuild_is_in_the_old_index_at_once_and_in_the_new_one_after(
    waits, cassia, add_species, monkeypatch, found
):
    """The rebuild has read the record before it changes; the change goes into the old index."""
    mint = add_species("Mentha arvensis", "Bạc hà")
    read = indexing._all_documents

    def with_a_change(*args):
        yield from list(read(*args))
        Species.objects.filter(pk=mint.pk).update(live=False)
        species_changed.send(Species, pk=mint.pk)
        assert draining.drain().done == 1

    monkeypatch.setattr(indexing, "_all_documents", with_a_change)
    indexing.rebuild()
    monkeypatch.undo()
    assert found("bạc hà") == [("species", "bac-ha")]  # the new index has what was read
    assert waiting() == [("species", mint.pk)]

    draining.drain()

    assert found("bạc hà") == []
    assert list(indexing.differences()) == []


def test_a_rebuild_makes_what_waited_before_it_needless(waits, cassia):
    outbox.put("species", [cassia.pk])

    indexing.rebuild()

    assert waiting() == []


def test_a_rebuild_that_fails_forgets_nothing(waits, cassia, monkeypatch):
    outbox.put("species", [cassia.pk])

    def broken(record):
        raise RuntimeError

    monkeypatch.setattr(DOCUMENTS["species"], "from_model", broken)
    with pytest.raises(RuntimeError):
        indexing.rebuild()

    assert set(waiting()) == {("species", cassia.pk)}


def test_a_rebuild_killed_after_its_swap_is_taken_up(waits, cassia):
    """It could not repeat what had been told to the old index meanwhile; the next drain does."""
    long_ago = timezone.now() - 2 * draining.REBUILD_LOST_AFTER
    Rebuild.objects.create(begun_at=long_ago, beat_at=long_ago)
    Change.objects.create(label="species", record=cassia.pk, done_at=timezone.now())

    assert draining.drain().done == 1

    assert Rebuild.objects.filter(ended_at=None).count() == 0
    assert draining.drain().done == 0


def test_what_was_done_long_ago_is_forgotten(db):
    now = timezone.now()
    for done_at in (None, now, now - outbox.KEEP_DONE - timedelta(minutes=1)):
        Change.objects.create(label="species", record=1, done_at=done_at)

    assert outbox.forget_done() == 1
    assert Change.objects.count() == 2


@pytest.mark.parametrize("what", ["missing", "outdated", "left over"])
def test_a_comparison_names_every_difference(cassia, add_lot, what):
    if what == "missing":
        lot = add_lot(cassia, "QUE-1")
        # The species is on sale now, too.
        expected = [
            f"lots:{lot.pk}: missing",
            f"sellers:{lot.seller_id}: missing",
            f"species:{cassia.pk}: outdated",
        ]
    elif what == "outdated":
        Species.objects.update(scientific_name="Laurus nova")
        expected = [f"species:{cassia.pk}: outdated"]
    else:
        Species.objects.update(live=False)
        expected = [f"species:{cassia.pk}: left over"]

    assert sorted(map(str, indexing.differences())) == expected
