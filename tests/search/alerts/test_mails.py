"""The mail of alerts: what it says, when it goes out again, and who sends it."""

import smtplib
from email import message_from_bytes, policy

from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command

import pytest
import time_machine

from search import alerts, tasks
from search.models import Alert, SavedSearch
from tests.search.alerting import Frequency, at, keep, run

pytestmark = pytest.mark.django_db


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
            patch.setattr("core.mail.get_connection", lambda: Refusing(error))
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
