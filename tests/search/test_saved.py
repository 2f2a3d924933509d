"""What is kept of a search, and what a person may do with it."""

import uuid
from datetime import timedelta
from urllib.parse import urlencode

from django.db import IntegrityError, transaction
from django.utils import timezone

import pytest
import time_machine

from search import saved
from search.exceptions import SavingRefused, SearchTooLong, TooManySaved, UnreadableSearch
from search.models import Alert, SavedSearch
from tests.factories.market import LotFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

Frequency = SavedSearch.Frequency


@pytest.fixture
def person(db):
    return PersonFactory()


def keep(person, query="q=que", frequency=Frequency.AT_ONCE, **said):
    return saved.save(person=person, query=query, language="vi", frequency=frequency, **said)[0]


@pytest.mark.parametrize(
    ("_case", "query", "kept"),
    [
        ("nothing", "", ""),
        ("in another order", "part=leaf&q=que", "q=que&part=leaf"),
        ("twice and unsorted", "part=leaf&part=bark&part=leaf", "part=bark&part=leaf"),
        ("spaces around", "q=++qu%E1%BA%BF+", "q=qu%E1%BA%BF"),
        ("empty and unknown names", "q=que&utm=1&under=", "q=que"),
        ("where a page began", "q=que&after=20&explain=on", "q=que"),
        ("price, kind and order", "sort=newest&under=90000&kind=lots", None),
    ],
)
def test_the_same_search_is_always_the_same_string(_case, query, kept):
    written = saved.canonical(query)

    assert written == kept or (kept is None and set(written.split("&")) == set(query.split("&")))
    assert saved.canonical(written) == written


@pytest.mark.parametrize(
    ("_case", "query", "refusal"),
    [
        ("over-long words", "q=" + "a" * 201, UnreadableSearch),
        ("no such kind", "kind=orders", UnreadableSearch),
        ("no code", "family=a+b", UnreadableSearch),
        ("a zero byte", "q=a%00b", UnreadableSearch),
        ("no price", "under=cheap", UnreadableSearch),
        ("many choices", urlencode([("family", f"f{n:079}") for n in range(40)]), SearchTooLong),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(_case, query, refusal, person):
    with pytest.raises(refusal) as raised:
        keep(person, query)

    assert str(raised.value)
    assert SavedSearch.objects.count() == 0


def test_a_search_is_kept_with_its_language_and_a_word_nobody_guesses(person):
    first = keep(person, "q=que&part=bark", name="Vỏ quế")
    second = keep(person, "q=hoi")

    assert (first.name, first.language, first.query) == ("Vỏ quế", "vi", "q=que&part=bark")
    assert first.get_absolute_url() == "/vi/search/?q=que&part=bark"
    assert len(first.stop_token) == 32
    assert first.stop_token != second.stop_token
    assert first.stop_url == f"/vi/alerts/stop/{first.stop_token}/"


def test_without_a_name_it_is_called_what_it_asks_for(words_of_the_museum, person):
    assert keep(person, "q=que&part=bark&part=leaf").name == "que · vỏ thân · lá"
    assert keep(person, "under=90000").name == "tối đa 90.000 ₫"
    assert keep(person, "").name == "Tất cả"
    assert len(keep(person, "q=" + "a" * 200).name) == 80


def test_saved_again_it_stays_as_it_is(person):
    first = keep(person, "part=bark&q=que", name="Một")

    again, is_new = saved.save(
        person=person, query="q=que&part=bark", language="vi", name="Hai", frequency=Frequency.NONE
    )

    assert (again, is_new, again.name) == (first, False, "Một")
    assert SavedSearch.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedSearch.objects.create(
            person=person, query=first.query, language="vi", name="x", frequency="none"
        )


def test_another_language_or_person_is_another_search(person):
    keep(person)
    saved.save(person=person, query="q=que", language="en", frequency=Frequency.NONE)
    keep(PersonFactory())

    assert SavedSearch.objects.count() == 3
    assert SavedSearch.objects.of(person).count() == 2


def test_there_is_a_most_and_the_refusal_names_it(person, monkeypatch):
    monkeypatch.setattr(saved, "MOST_SAVED", 2)
    first = keep(person, "q=a")
    keep(person, "q=b")

    with pytest.raises(TooManySaved, match="2") as raised:
        keep(person, "q=c")

    assert isinstance(raised.value, SavingRefused)
    assert keep(person, "q=a") == first
    saved.delete(first)
    assert keep(person, "q=c").pk
    keep(PersonFactory(), "q=c")


def test_what_only_species_say_is_kept_without_mails(person):
    mine = keep(person, "q=que&harvest=9", Frequency.DAILY)

    assert mine.frequency == Frequency.NONE
    saved.change(saved=mine, name="", frequency=Frequency.AT_ONCE)
    mine.refresh_from_db()
    assert (mine.frequency, mine.name) == (Frequency.NONE, "que · Thu hoạch: T9")


def test_alerts_switched_off_drop_what_waits_and_on_again_begin_anew(person):
    mine = keep(person)
    waiting = Alert.objects.create(person=person, search=mine, lot=LotFactory())
    began = mine.watched_since

    saved.change(saved=mine, name="Quế", frequency=Frequency.NONE)

    assert not Alert.objects.filter(pk=waiting.pk).exists()
    later = timezone.now() + timedelta(hours=1)
    with time_machine.travel(later, tick=False):
        saved.change(saved=mine, name="Quế", frequency=Frequency.DAILY)
    mine.refresh_from_db()
    assert began < mine.watched_since == mine.digested_at == later
    assert (mine.frequency, mine.looked_at) == (Frequency.DAILY, None)


def test_told_more_often_nothing_begins_anew(person):
    mine = keep(person, frequency=Frequency.DAILY)
    began = mine.watched_since

    saved.change(saved=mine, name="Quế", frequency=Frequency.AT_ONCE)

    mine.refresh_from_db()
    assert (mine.frequency, mine.watched_since) == (Frequency.AT_ONCE, began)


def test_deleting_forgets_the_search_and_remembers_what_was_told(person):
    mine = keep(person)
    told = Alert.objects.create(
        person=person, search=mine, lot=LotFactory(), sent_at=timezone.now(), mail=uuid.uuid4()
    )
    Alert.objects.create(person=person, search=mine, lot=LotFactory())

    saved.delete(mine)

    assert SavedSearch.objects.count() == 0
    assert list(Alert.objects.values_list("pk", "search")) == [(told.pk, None)]


def test_with_the_account_everything_goes(person):
    mine = keep(person)
    Alert.objects.create(person=person, search=mine, lot=LotFactory())
    other = keep(PersonFactory())

    person.delete()

    assert list(SavedSearch.objects.all()) == [other]
    assert Alert.objects.count() == 0


def test_the_database_lets_a_person_hear_of_a_lot_once(person):
    lot = LotFactory()
    Alert.objects.create(person=person, search=keep(person, "q=a"), lot=lot)

    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.create(person=person, search=keep(person, "q=b"), lot=lot)
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.update(sent_at=timezone.now())
