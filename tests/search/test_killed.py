"""Workers and rebuilds that are killed with signal 9 lose nothing: index and database agree."""

import os
import signal
import subprocess
import sys

from django.conf import settings
from django.db import connection
from django.utils import timezone

import pytest

from catalogue.models import Species
from catalogue.signals import species_changed
from search import draining, indexing, outbox
from search.engines import get_engine
from search.models import Lease, Rebuild

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def collection(settings, add_species, rebuild):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    for number in range(30):
        add_species(f"Planta {chr(97 + number % 26)}{number // 26 * 'a'}a", f"Cây {number}")
    rebuild()


def change_all():
    """Change every record, and put that down as services do."""
    for species in Species.objects.all():
        Species.objects.filter(pk=species.pk).update(authorship=f"L. {species.pk}")
        species_changed.send(Species, pk=species.pk)


def database_url() -> str:
    of = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{of['NAME']}"
    return f"postgresql://{of['USER']}@{of['HOST']}:{of['PORT']}/{of['NAME']}"


def killed(moment: str) -> None:
    """Run a process that is killed at that moment."""
    line = [sys.executable, "-m", "tests.search.killed", moment, str(settings.SEARCH_INDEX_DIR)]
    environment = os.environ | {"DATABASE_URL": database_url()}
    ended = subprocess.run(line, env=environment, cwd=settings.BASE_DIR, check=False)
    assert ended.returncode == -signal.SIGKILL


def time_passes():
    """The lease of who was killed ends, and its rebuild has not been heard of for long."""
    now = timezone.now()
    Lease.objects.update(until=now)
    Rebuild.objects.update(beat_at=now - 2 * draining.REBUILD_LOST_AFTER)


@pytest.mark.parametrize("moment", ["before a batch is told", "after a batch is told"])
def test_a_worker_killed_in_mid_batch(collection, moment):
    change_all()

    killed(moment)

    assert outbox.waiting().count() == 30
    assert draining.drain().is_busy  # nobody can know yet that it is dead
    time_passes()
    assert draining.drain().done == 30
    assert list(indexing.differences()) == []


@pytest.mark.parametrize(
    "moment",
    [
        "before the new index is taken into use",
        "after the new index is taken into use",
        "before what changed meanwhile is repeated",
    ],
)
def test_a_rebuild_killed_on_its_way(collection, moment):
    change_all()
    draining.drain()

    killed(moment)

    assert get_engine().ready()
    time_passes()
    draining.drain()
    assert list(indexing.differences()) == []
    get_engine().prune()
    assert len(list(settings.SEARCH_INDEX_DIR.glob("index-*"))) == 1
    assert indexing.rebuild() == 30
