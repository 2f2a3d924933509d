"""New lots that match a saved search are told once: found, claimed, sent."""

import smtplib
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from zoneinfo import ZoneInfo

from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.utils import timezone

import pytest
import time_machine

from market.models import Lot
from market.signals import lot_changed
from search import alerts, indexing, saved, tasks
from search.engines import get_engine
from search.engines.base import SearchUnavailable
from search.models import Alert, SavedSearch
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

Frequency = SavedSearch.Frequency
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def cassia(add_species):
    return add_species("Cinnamomum cassia", "Quế", parts=["bark", "leaf"])


@pytest.fixture
def person(db):
    return PersonFactory(email="nguoi.mua@example.org")


@pytest.fixture
def put_on_sale(add_lot, cassia):
    """Put a lot on sale and tell the index."""

    def put(code, species=None, *, at=None, **values):
        lot = add_lot(species or cassia, code, published_at=at or timezone.now(), **values)
        indexing.rebuild()
        return lot

    return put


def keep(person, query="q=que", frequency=Frequency.AT_ONCE, language="vi"):
    return saved.save(person=person, query=query, language=language, frequency=frequency)[0]


def run():
    """Look and send; return how many were found and sent."""
    return alerts.find_new(), alerts.send_due()


def told():
    """Return (search, lot) of the alerts that were sent."""
    rows = Alert.objects.filter(sent_at__isnull=False)
    return sorted(rows.values_list("search__name", "lot__code"))


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


# The daily digest


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=HANOI)


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


# The mail


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [("vi", "1 lô hàng mới: Quế & hồi", "vỏ thân"), ("en", "1 new lot: Quế & hồi", "bark")],
)
def test_the_mail_is_in_the_language_of_the_search(language, subject, words, person, put_on_sale):
    mine = keep(person, language=language)
    SavedSearch.objects.update(name="Quế & hồi")
    lot = put_on_sale("QUE-1")

    run()

    sent = mail.outbox[0]
    html = sent.alternatives[0].content
    stop = f"http://testserver/{language}/alerts/stop/{mine.stop_token}/"
    assert sent.subject == subject
    for text in (sent.body, html):
        assert words in text
        assert "75.000 ₫" in text or "75,000 ₫" in text
        assert f"http://testserver/{language}/market/lots/{lot.code}/" in text
        assert f"http://testserver/{language}/search/?q=que" in text
        assert stop in text
    assert "Quế & hồi" in sent.body
    assert "Quế &amp; hồi" in html


def test_one_click_stops_it_from_the_mail_program(person, put_on_sale):
    mine = keep(person)
    put_on_sale("QUE-1")

    run()

    read = message_from_bytes(mail.outbox[0].message().as_bytes(), policy=policy.default)
    stop = f"<http://testserver/vi/alerts/stop/{mine.stop_token}/>"
    assert read["List-Unsubscribe"].strip() == stop  # a long value begins on a line of its own
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert read["Auto-Submitted"] == "auto-generated"
    assert read["Message-ID"] == f"<{Alert.objects.get().mail}@testserver>"


def test_a_name_of_several_lines_stays_one_line_of_the_subject(person, put_on_sale):
    keep(person)
    SavedSearch.objects.update(name="Quế\r\nBcc: other@example.org")
    put_on_sale("QUE-1")

    assert run() == (1, 1)
    assert mail.outbox[0].subject == "1 lô hàng mới: Quế Bcc: other@example.org"
    assert mail.outbox[0].recipients() == ["nguoi.mua@example.org"]


def test_a_long_list_ends_with_how_many_more(person, put_on_sale, monkeypatch):
    monkeypatch.setattr("search.mails.MOST_LOTS", 2)
    keep(person, language="en")
    for n in range(5):
        put_on_sale(f"QUE-{n}")

    assert run() == (5, 1)
    body = mail.outbox[0].body
    assert [f"QUE-{n}" in body for n in range(5)] == [False, False, False, True, True]
    assert "And 3 more lots" in body
    assert mail.outbox[0].subject.startswith("5 new lots")


# When mails do not go out


class Refusing(EmailBackend):
    """A mail server that fails while a mail is sent, or without an error lets nobody in."""

    def __init__(self, error):
        super().__init__()
        self.error = error

    def open(self):
        if self.error is None:
            raise ConnectionRefusedError

    def send_messages(self, messages):
        raise self.error


@pytest.mark.parametrize(
    ("_case", "error", "comes_later"),
    [
        ("no connection", None, True),
        ("refused for now", smtplib.SMTPDataError(451, b"later"), True),
        ("greylisted", smtplib.SMTPRecipientsRefused({"a": (450, b"later")}), True),
        ("refused for good", smtplib.SMTPRecipientsRefused({"a": (550, b"nobody")}), False),
        ("nobody knows", smtplib.SMTPServerDisconnected("gone"), False),
        ("nobody knows either", TimeoutError("late"), False),
    ],
)
@pytest.mark.parametrize("frequency", [Frequency.AT_ONCE, Frequency.DAILY])
def test_a_mail_is_sent_again_only_when_it_certainly_did_not_go_out(
    frequency, _case, error, comes_later, person, put_on_sale, monkeypatch
):
    with time_machine.travel(at(10, 10), tick=False):
        keep(person, frequency=frequency)
    with time_machine.travel(at(10, 11), tick=False):
        put_on_sale("QUE-1")
    with time_machine.travel(at(11, 7), tick=False):
        assert alerts.find_new() == 1
        with monkeypatch.context() as patch:
            patch.setattr(alerts, "get_connection", lambda: Refusing(error))
            assert alerts.send_due() == 0
        assert Alert.objects.filter(sent_at=None).exists() is comes_later

        assert alerts.send_due() == (1 if comes_later else 0)
        assert alerts.send_due() == 0


def test_a_mail_that_cannot_be_written_gives_its_lots_back(
    person, put_on_sale, monkeypatch, caplog
):
    keep(person)
    put_on_sale("QUE-1")
    with monkeypatch.context() as patch:
        patch.setattr("search.mails.alert", lambda *args: 1 / 0)
        assert run() == (1, 0)
    assert "Could not write the mail" in caplog.text

    assert run() == (0, 1)


def test_a_process_killed_between_claim_and_mail_loses_the_mail(person, put_on_sale, monkeypatch):
    """Rather lost than twice."""
    keep(person)
    put_on_sale("QUE-1")

    def killed(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("search.mails.alert", killed)
        with pytest.raises(KeyboardInterrupt):
            run()

    assert run() == (0, 0)
    assert Alert.objects.get().sent_at is not None
    assert mail.outbox == []


# The clock and the worker


def test_the_clock_lets_the_worker_do_it(person, put_on_sale, capsys):
    keep(person)
    put_on_sale("QUE-1")

    call_command("tick")
    call_command("tick")

    assert len(mail.outbox) == 1
    assert "alerts to be looked for: 1" in capsys.readouterr().out


def test_what_waits_for_the_worker_is_not_put_down_again(person, put_on_sale, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    keep(person)
    put_on_sale("QUE-1")

    assert [tasks.catch_up_with_alerts() for _ in range(2)] == [1, 0]
    assert tasks.tell_people.call() == "1 found, 1 mails"


def test_nothing_is_put_down_when_nothing_is_due(person, db):
    assert tasks.catch_up_with_alerts() == 0
