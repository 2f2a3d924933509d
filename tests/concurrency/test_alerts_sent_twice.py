"""Two workers at one saved search: a lot is told once, a search is kept once."""

import threading
from datetime import timedelta
from functools import partial

from django.core import mail
from django.utils import timezone

import pytest

from search import alerts, saved
from search.models import Alert, SavedSearch
from tests.factories.market import LotFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)

Frequency = SavedSearch.Frequency


@pytest.fixture
def person(transactional_db):
    return PersonFactory()


@pytest.fixture
def waiting(person):
    """A search with three lots that wait for their mail."""
    mine = saved.save(person=person, query="q=que", language="vi", frequency=Frequency.AT_ONCE)[0]
    for _lot in range(3):
        Alert.objects.create(person=person, search=mine, lot=LotFactory())
    return mine


@pytest.fixture
def both_have_looked(monkeypatch):
    """Let both workers see that there is something to send before either claims it."""
    claim, meeting = alerts._claim, threading.Barrier(2, timeout=20)

    def together(*args):
        meeting.wait()
        return claim(*args)

    monkeypatch.setattr(alerts, "_claim", together)


def test_without_the_claim_both_workers_send(waiting, at_once, both_have_looked, monkeypatch):
    """If this fails, the tests below prove nothing: the race is no longer provoked."""
    meeting = threading.Barrier(2, timeout=20)

    def careless(search, name, at):
        seen = list(Alert.objects.filter(search=search, sent_at=None).values_list("pk", flat=True))
        meeting.wait()
        return bool(Alert.objects.filter(pk__in=seen).update(sent_at=at, mail=name))

    monkeypatch.setattr(alerts, "_claim", careless)

    assert at_once(alerts.send_due, alerts.send_due) == [1, 1]
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("frequency", [Frequency.AT_ONCE, Frequency.DAILY])
def test_of_two_workers_one_sends(frequency, waiting, at_once, both_have_looked, monkeypatch):
    now = timezone.now()
    if frequency == Frequency.DAILY:
        morning = now - timedelta(hours=1)
        monkeypatch.setattr("search.querysets.morning_of", lambda at: morning)
        SavedSearch.objects.update(
            frequency=frequency, looked_at=now, digested_at=now - timedelta(days=1)
        )

    assert sorted(at_once(alerts.send_due, alerts.send_due)) == [0, 1]

    assert len(mail.outbox) == 1
    assert Alert.objects.values("mail").distinct().count() == 1
    assert Alert.objects.filter(sent_at=None).count() == 0
    assert alerts.send_due() == 0


def test_what_two_workers_find_at_once_is_put_down_once(person, waiting, at_once):
    lots = [LotFactory().pk for _lot in range(5)]

    at_once(*[partial(alerts._put_down, waiting, lots)] * 2)

    assert Alert.objects.count() == 8


def test_a_search_saved_twice_at_once_is_kept_once(person, at_once):
    keep = partial(
        saved.save, person=person, query="q=que", language="vi", frequency=Frequency.DAILY
    )

    results = at_once(keep, keep)

    mine = SavedSearch.objects.get()
    assert sorted(results, key=lambda result: result[1]) == [(mine, False), (mine, True)]


def test_the_most_there_may_be_holds_for_two_forms_at_once(person, at_once, monkeypatch):
    monkeypatch.setattr(saved, "MOST_SAVED", 1)

    results = at_once(
        *(
            partial(saved.save, person=person, query=query, language="vi", frequency="none")
            for query in ("q=a", "q=b")
        )
    )

    assert sum(isinstance(result, saved.TooManySaved) for result in results) == 1
    assert SavedSearch.objects.count() == 1
