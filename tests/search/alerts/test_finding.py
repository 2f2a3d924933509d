"""New lots that match a saved search are found and told once."""

from datetime import timedelta

from django.core import mail
from django.utils import timezone

import pytest
import time_machine

from market.models import Lot
from market.signals import lot_changed
from search import alerts, indexing, saved
from search.engines import get_engine
from search.engines.base import SearchUnavailable
from search.models import Alert, SavedSearch
from tests.factories.people import PersonFactory
from tests.search.alerting import keep, run, told

pytestmark = pytest.mark.django_db


# What is new


def test_a_new_lot_that_matches_is_told_once(person, put_on_sale):
    put_on_sale("QUE-OLD", at=timezone.now() - timedelta(minutes=1))
    mine = keep(person)
    put_on_sale("QUE-NEW")

    assert run() == (1, 1)
    assert run() == (0, 0)

    assert [one.to for one in mail.outbox] == [["nguoi.mua@example.org"]]
    assert told() == [(mine.name, "QUE-NEW")]
    assert "QUE-NEW" in mail.outbox[0].body
    assert "QUE-OLD" not in mail.outbox[0].body


def test_several_at_once_are_one_mail_the_newest_first(person, put_on_sale):
    keep(person)
    for code in ("QUE-1", "QUE-2", "QUE-3"):
        put_on_sale(code)

    assert run() == (3, 1)
    body = mail.outbox[0].body
    assert body.index("QUE-3") < body.index("QUE-2") < body.index("QUE-1")


@pytest.mark.parametrize(
    ("_case", "query", "matches"),
    [
        ("the part", "q=que&part=bark", True),
        ("another part", "q=que&part=leaf", False),
        ("a price it keeps to", "under=75000", True),
        ("a price it is beyond", "under=74999", False),
        ("species were looked for", "q=que&kind=species", True),
        ("every lot", "", True),
        ("other words", "q=hoi", False),
        ("only half of the words", "q=que+hoi+sam", False),
        ("a slip of the finger", "q=cinamomum", False),
    ],
)
def test_a_lot_has_to_hold_all_that_was_asked(_case, query, matches, person, put_on_sale):
    keep(person, query)
    put_on_sale("QUE-1")

    assert run() == ((1, 1) if matches else (0, 0))


def test_a_lot_taken_off_and_put_on_again_is_not_told_again(person, put_on_sale):
    keep(person)
    lot = put_on_sale("QUE-1")
    assert run() == (1, 1)

    for state in (Lot.State.PAUSED, Lot.State.OPEN):
        Lot.objects.filter(pk=lot.pk).update(state=state)
        indexing.rebuild()
        assert run() == (0, 0)


def test_what_two_searches_match_is_told_once(person, put_on_sale):
    first = keep(person, "q=que")
    second = keep(person, "part=bark")
    put_on_sale("QUE-1")

    assert run() == (1, 1)
    assert run() == (0, 0)
    assert len(told()) == 1

    saved.delete(first)
    saved.delete(second)
    keep(person, "q=que")
    assert run() == (0, 0)
    assert len(mail.outbox) == 1


def test_two_people_are_both_told(person, put_on_sale):
    keep(person)
    keep(PersonFactory())
    put_on_sale("QUE-1")

    assert run() == (2, 2)


@pytest.mark.parametrize(
    "_case_change",
    [
        {"state": Lot.State.PAUSED},
        {"available_grams": 0},
    ],
    ids=["paused", "sold out"],
)
def test_what_stops_being_sellable_between_is_sent_when_it_is_back(
    _case_change, person, put_on_sale
):
    keep(person)
    lot = put_on_sale("QUE-1")
    assert alerts.find_new() == 1
    before = Lot.objects.filter(pk=lot.pk).values(*_case_change).get()

    Lot.objects.filter(pk=lot.pk).update(**_case_change)
    assert alerts.send_due() == 0
    assert mail.outbox == []
    assert Alert.objects.get().sent_at is None

    Lot.objects.filter(pk=lot.pk).update(**before)
    assert alerts.send_due() == 1
    assert alerts.send_due() == 0


def test_what_the_index_still_has_and_the_database_not_is_not_found(person, put_on_sale):
    keep(person)
    lot = put_on_sale("QUE-1")
    Lot.objects.filter(pk=lot.pk).update(state=Lot.State.CLOSED)

    assert run() == (0, 0)


def test_all_pages_are_read_and_no_further_than_alerts_go(person, put_on_sale, monkeypatch):
    monkeypatch.setattr(alerts, "PAGE", 2)
    now = timezone.now()
    for n in range(5):
        put_on_sale(f"OLD-{n}", at=now - timedelta(days=n + 1))
    keep(person)
    for n in range(5):
        put_on_sale(f"NEW-{n}")
    asked = []
    search = get_engine().search
    monkeypatch.setattr(get_engine(), "search", lambda query: asked.append(query) or search(query))

    assert alerts.find_new() == 5

    assert [query.limit for query in asked] == [2, 2, 2]
    assert {query.facets for query in asked} == {()}


# Looking no more than needed


def test_without_news_the_index_is_not_asked_again(person, put_on_sale, monkeypatch):
    keep(person)
    put_on_sale("QUE-1")
    later = timezone.now() + alerts.MINUTES_ARE_ROUNDED
    with time_machine.travel(later):
        run()
        assert not alerts.is_due()
        monkeypatch.setattr(get_engine(), "search", None)
        assert run() == (0, 0)
    with time_machine.travel(later + timedelta(days=1, seconds=5)):
        assert alerts.is_due()


def test_news_that_came_through_the_outbox_are_looked_for(person, put_on_sale, add_lot, cassia):
    keep(person)
    put_on_sale("QUE-1")
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        run()
    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        assert not alerts.is_due()
        lot = add_lot(cassia, "QUE-2", published_at=timezone.now())
        lot_changed.send(sender=Lot, pk=lot.pk)
        assert alerts.is_due()
        assert run() == (1, 1)


def test_while_the_index_is_away_nothing_is_lost(person, put_on_sale, monkeypatch, caplog):
    keep(person)
    put_on_sale("QUE-1")

    def away(query):
        raise SearchUnavailable

    with monkeypatch.context() as patch:
        patch.setattr(get_engine(), "search", away)
        assert run() == (0, 0)
    assert "alerts wait" in caplog.text
    assert SavedSearch.objects.get().looked_at is None

    assert run() == (1, 1)


def test_an_index_that_goes_away_half_way_is_read_again_from_the_beginning(
    person, put_on_sale, monkeypatch
):
    monkeypatch.setattr(alerts, "PAGE", 1)
    keep(person)
    put_on_sale("QUE-1")
    put_on_sale("QUE-2")
    search = get_engine().search

    def once(query):
        if query.after:
            raise SearchUnavailable
        return search(query)

    with monkeypatch.context() as patch:
        patch.setattr(get_engine(), "search", once)
        assert run() == (0, 1)
    assert run() == (1, 1)
    assert [code for _name, code in told()] == ["QUE-1", "QUE-2"]


def test_one_that_cannot_be_read_does_not_stop_the_others(person, put_on_sale, caplog):
    broken = keep(person, "q=hoi")
    SavedSearch.objects.filter(pk=broken.pk).update(query="kind=unheard-of")
    keep(person)
    put_on_sale("QUE-1")

    assert run() == (1, 1)
    assert "asks for something unknown" in caplog.text


def test_one_that_fails_does_not_stop_the_others(person, put_on_sale, monkeypatch, caplog):
    keep(person, "q=hoi")
    keep(person)
    put_on_sale("QUE-1")
    search = get_engine().search

    def picky(query):
        if query.text == "hoi":
            raise RuntimeError("no")
        return search(query)

    monkeypatch.setattr(get_engine(), "search", picky)

    assert run() == (1, 1)
    assert "Could not look for saved search" in caplog.text


def test_enough_is_enough_and_the_rest_comes_next_time(person, put_on_sale, monkeypatch):
    for _person in range(3):
        keep(PersonFactory())
    put_on_sale("QUE-1")
    with monkeypatch.context() as patch:
        patch.setattr(alerts, "AT_MOST", -1)
        assert run() == (1, 1)
        assert run() == (1, 1)

    assert run() == (1, 1)
    assert alerts.find_new() == 0
