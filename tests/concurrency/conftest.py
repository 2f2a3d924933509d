"""Threads that start together, and a database given back as it was found."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core.management import call_command
from django.db import connection, connections

import pytest

PATIENCE = 30  # seconds until a race that hangs is a failure


@pytest.fixture(autouse=True)
def _no_index(settings: Any) -> None:
    """The index has one writer and would put the threads in a row."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture(scope="module", autouse=True)
def _give_back(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Put back what migrations wrote (Wagtail's first pages), which these tests flush away."""
    with django_db_blocker.unblock():
        found = connection.creation.serialize_db_to_string()
    yield
    with django_db_blocker.unblock():
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
        connection.creation.deserialize_db_from_string(found)
        connection.close()


@pytest.fixture
def at_once() -> Callable[..., list[Any]]:
    """Run calls in threads of their own that start together; return what each gave or raised."""

    def run(*calls: Callable[[], Any]) -> list[Any]:
        barrier = threading.Barrier(len(calls), timeout=PATIENCE)

        def one(call: Callable[[], Any]) -> Any:
            try:
                connection.ensure_connection()
                barrier.wait()
                return call()
            except Exception as error:  # noqa: BLE001  what is raised is what is tested
                return error
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(calls)) as pool:
            return [future.result(PATIENCE) for future in [pool.submit(one, c) for c in calls]]

    return run
