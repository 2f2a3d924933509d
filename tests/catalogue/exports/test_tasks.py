"""When the exports are built, and what stands in for the worker."""

from datetime import timedelta

from django.core.management import CommandError, call_command
from django.utils import timezone

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from catalogue.exports import building, tasks
from catalogue.models import Species
from catalogue.signals import species_changed
from tests.factories.catalogue import SpeciesFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(settings):
    """Tasks wait in the database, as they do on a site."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def waiting():
    return DBTaskResult.objects.filter(task_path="catalogue.exports.tasks.build_exports")


def test_many_changes_are_one_build_after_a_minute(worker):
    for pk in (1, 2, 3):
        species_changed.send(sender=Species, pk=pk)
    (task,) = waiting()
    wait = task.run_after - timezone.now()
    assert timedelta(seconds=50) < wait <= timedelta(seconds=60)


def test_a_change_during_a_build_puts_down_another_one(worker):
    species_changed.send(sender=Species, pk=1)
    waiting().update(status=TaskResultStatus.RUNNING)
    species_changed.send(sender=Species, pk=1)
    assert waiting().count() == 2


def test_without_a_queue_nothing_is_built_with_the_change(exports_dir):
    SpeciesFactory().save_revision().publish()
    assert not exports_dir.exists()


def test_a_build_that_is_not_needed_is_not_made():
    SpeciesFactory()
    assert tasks.build_exports.func() == "1 records"
    assert tasks.build_exports.func() == "nothing changed"


def test_the_clock_puts_down_what_nobody_told_of(worker):
    species = SpeciesFactory()
    building.build()
    assert tasks.catch_up() == 0
    Species.objects.filter(pk=species.pk).update(live=False)
    assert tasks.catch_up() == 1
    assert tasks.catch_up() == 0


def test_only_the_newest_files_are_kept(exports_dir):
    species = SpeciesFactory()
    first = building.build()
    left = exports_dir / "build-left-behind"
    left.mkdir()
    species.save()
    second = building.build()
    assert first.stamp != second.stamp
    assert sorted(path.name for path in exports_dir.iterdir()) == [
        "build-left-behind",
        f"checklist-{second.stamp}.zip",
        f"species-{second.stamp}.csv",
    ]


def test_what_a_killed_build_left_behind_goes_after_a_day(exports_dir, monkeypatch):
    left = exports_dir / "build-left-behind"
    left.mkdir(parents=True)
    monkeypatch.setattr(building, "ABANDONED_SECONDS", -1)
    building.build()
    assert not left.exists()


def test_the_command_says_where_the_archive_is(capsys):
    SpeciesFactory()
    call_command("build_exports", verbosity=0)
    path = building.current(building.ARCHIVE)
    assert capsys.readouterr().out == f"1 records in {path}\n"


def test_the_command_refuses_to_keep_what_changed_meanwhile(monkeypatch):
    stamps = iter("ab")
    monkeypatch.setattr(building, "current_stamp", lambda: next(stamps))
    with pytest.raises(CommandError, match="changed meanwhile"):
        call_command("build_exports", verbosity=0)
