"""One mail each morning, and people nobody writes to."""

from django.core import mail

import pytest
import time_machine

from search import alerts, saved
from search.engines import get_engine
from search.engines.base import SearchUnavailable
from search.models import Alert
from tests.factories.people import PersonFactory
from tests.search.alerting import Frequency, at, keep, run

pytestmark = pytest.mark.django_db


# The daily digest


def test_a_digest_comes_once_in_the_morning_with_all_since_the_last(person, put_on_sale):
    with time_machine.travel(at(10, 10), tick=False):
        keep(person, frequency=Frequency.DAILY)
    for hour in (11, 23):
        with time_machine.travel(at(10, hour), tick=False):
            put_on_sale(f"QUE-10-{hour}")
            assert run() == (0, 0)
    with time_machine.travel(at(11, 6, 59), tick=False):
        assert run() == (0, 0)
    with time_machine.travel(at(11, 7), tick=False):
        assert run() == (2, 1)
        assert run() == (0, 0)
        put_on_sale("QUE-11-7")
    with time_machine.travel(at(11, 8), tick=False):
        assert run() == (0, 0)
    with time_machine.travel(at(12, 9), tick=False):
        assert run() == (1, 1)
        assert run() == (0, 0)

    assert len(mail.outbox) == 2
    assert [code in mail.outbox[0].body for code in ("QUE-10-11", "QUE-10-23", "QUE-11-7")] == [
        True,
        True,
        False,
    ]
    assert "QUE-11-7" in mail.outbox[1].body


def test_a_morning_without_news_has_no_mail(person, put_on_sale):
    with time_machine.travel(at(10, 10), tick=False):
        keep(person, "q=hoi", Frequency.DAILY)
        put_on_sale("QUE-1")
    with time_machine.travel(at(11, 7), tick=False):
        assert run() == (0, 0)


def test_a_digest_waits_for_an_index_that_is_away(person, put_on_sale, monkeypatch):
    with time_machine.travel(at(10, 10), tick=False):
        keep(person, frequency=Frequency.DAILY)
    with time_machine.travel(at(10, 11), tick=False):
        put_on_sale("QUE-1")

    def away(query):
        raise SearchUnavailable

    with time_machine.travel(at(11, 7), tick=False), monkeypatch.context() as patch:
        patch.setattr(get_engine(), "search", away)
        assert run() == (0, 0)
    with time_machine.travel(at(11, 7, 30), tick=False):
        assert run() == (1, 1)


def test_a_morning_that_was_missed_is_made_up_the_next(person, put_on_sale):
    with time_machine.travel(at(10, 10), tick=False):
        keep(person, frequency=Frequency.DAILY)
    with time_machine.travel(at(10, 11), tick=False):
        put_on_sale("QUE-1")
    with time_machine.travel(at(11, 13), tick=False):
        assert run() == (0, 0)
    with time_machine.travel(at(12, 7), tick=False):
        assert run() == (1, 1)


# Whom nobody writes to


@pytest.mark.parametrize(
    "_case_person", [{"is_active": False}, {"email": ""}], ids=["gone", "no address"]
)
def test_nobody_is_written_to_who_cannot_be(_case_person, put_on_sale):
    keep(PersonFactory(username="x", **({"email": "x@example.org"} | _case_person)))
    put_on_sale("QUE-1")

    assert run() == (0, 0)
    assert not alerts.is_due()


def test_never_is_never(person, put_on_sale):
    keep(person, frequency=Frequency.NONE)
    put_on_sale("QUE-1")

    assert run() == (0, 0)


def test_stopped_between_finding_and_sending_nothing_goes_out(person, put_on_sale):
    mine = keep(person)
    put_on_sale("QUE-1")
    assert alerts.find_new() == 1

    saved.stop(mine)

    assert alerts.send_due() == 0
    assert Alert.objects.count() == 0
