"""The periodic jobs and the command that runs them."""

import logging
from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from herbarium import periodic

pytestmark = pytest.mark.django_db


def task(status, *, started=None, finished=None):
    """Put down a task; `started` and `finished` say how long ago."""
    now = timezone.now()
    return DBTaskResult.objects.create(
        status=status,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="search.tasks.sync_document",
        backend_name="default",
        queue_name="default",
        run_after=now,
        started_at=now - started if started else None,
        finished_at=now - finished if finished else None,
        exception_class_path="",
        traceback="",
        worker_ids=[],
    )


LOST = periodic.LOST_AFTER + timedelta(seconds=5)
FRESH = periodic.LOST_AFTER - timedelta(seconds=30)


def test_a_task_whose_worker_was_killed_is_taken_back():
    lost = task(TaskResultStatus.RUNNING, started=LOST)
    running = task(TaskResultStatus.RUNNING, started=FRESH)
    waiting = task(TaskResultStatus.READY)
    done = task(TaskResultStatus.SUCCESSFUL, started=LOST, finished=FRESH)

    assert periodic.take_back_lost_tasks() == 1
    assert periodic.take_back_lost_tasks() == 0

    states = dict(DBTaskResult.objects.values_list("pk", "status"))
    assert states == {
        lost.pk: TaskResultStatus.READY,
        running.pk: TaskResultStatus.RUNNING,
        waiting.pk: TaskResultStatus.READY,
        done.pk: TaskResultStatus.SUCCESSFUL,
    }
    lost.refresh_from_db()
    assert lost.started_at is None
    assert DBTaskResult.objects.ready().filter(pk=lost.pk).exists()


def test_what_succeeded_long_ago_is_forgotten_and_failures_are_kept():
    old, recent = periodic.KEEP_FINISHED + timedelta(minutes=1), timedelta(days=6)
    task(TaskResultStatus.SUCCESSFUL, started=old, finished=old)
    kept = {
        task(TaskResultStatus.SUCCESSFUL, started=recent, finished=recent).pk,
        task(TaskResultStatus.FAILED, started=old, finished=old).pk,
        task(TaskResultStatus.READY).pk,
    }
    assert periodic.forget_finished_tasks() == 1
    assert periodic.forget_finished_tasks() == 0
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == kept


def test_a_job_that_fails_does_not_stop_the_rest(monkeypatch, capsys, caplog):
    def broken():
        raise RuntimeError("no")

    ran = []
    jobs = {"first": broken, "second": lambda: ran.append(1) or 7, "third": lambda: 0}
    monkeypatch.setattr("herbarium.management.commands.tick.JOBS", jobs)
    with caplog.at_level(logging.ERROR):
        call_command("tick")
    assert ran == [1]
    assert capsys.readouterr().out == "second: 7\n"
    assert [record.getMessage() for record in caplog.records] == ["periodic job first failed"]
    assert caplog.records[0].exc_info[0] is RuntimeError


def test_the_jobs_run_twice_on_an_empty_installation(capsys, caplog):
    call_command("tick")
    call_command("tick")
    assert capsys.readouterr().out == ""
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_tick_goes_on_every_so_many_seconds(monkeypatch):
    class Enough(Exception):
        pass

    waits, runs = [], []

    def sleep(seconds):
        waits.append(seconds)
        if len(waits) == 3:
            raise Enough

    monkeypatch.setattr("herbarium.management.commands.tick.time.sleep", sleep)
    monkeypatch.setattr("herbarium.management.commands.tick.JOBS", {"job": lambda: runs.append(1)})
    with pytest.raises(Enough):
        call_command("tick", every=60)
    assert (waits, len(runs)) == ([60, 60, 60], 3)


def test_the_jobs_are_those_an_operator_is_told_of():
    assert periodic.JOBS.keys() >= {
        "orders expired",
        "lost tasks taken back",
        "finished tasks forgotten",
    }
