"""Who is told when what lots rest on comes due, ends, is stopped or restored."""

import smtplib
from datetime import timedelta

from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from wagtail.users.models import UserProfile

import pytest
import time_machine

from catalogue.services import days
from market.models import Notice
from market.services import notices, orders
from market.tasks import catch_up_with_notices
from tests.factories.catalogue import CertificateFactory, GrowingAreaFactory, SpeciesFactory
from tests.factories.decisions import decided
from tests.factories.market import LotFactory, SellerFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def seller():
    seller = SellerFactory()
    seller.members.create(person=PersonFactory(email="seller@example.org"))
    return seller


@pytest.fixture
def resting(seller):
    """A lot on sale that rests on one certificate and one area of its own seller."""
    species = SpeciesFactory()
    held = {"establishment": seller.establishment, "species": [species]}
    area = GrowingAreaFactory(**held)
    return LotFactory(
        code="QUE-1",
        seller=seller,
        species=species,
        areas=[area],
        certificates=[CertificateFactory(number="C-1", areas=[area], **held)],
    )


def told() -> set[tuple[str, str]]:
    return set(Notice.objects.values_list("person__email", "news"))


@pytest.mark.parametrize("of", ["certificates", "areas"])
def test_every_public_decision_is_news_for_the_seller(resting, of):
    record = getattr(resting, of).get()
    steps = ["suspended", "withdrawn", "accepted", "returned", "submitted", "checked", "accepted"]
    heard = []
    for step in steps:
        record = decided(record, step)
        heard.append(list(Notice.objects.waiting().values_list("news", flat=True)))
        Notice.objects.all().delete()
    assert heard == [["suspended"], ["withdrawn"], ["accepted"], ["returned"], [], [], ["accepted"]]


def test_what_nobody_has_seen_yet_is_news_to_nobody(seller):
    record = CertificateFactory(decision="draft", establishment=seller.establishment)
    decided(record, "submitted", "returned", "submitted", "checked")
    assert told() == set()


def test_the_days_of_a_certificate_are_told_once(resting):
    days.follow_today()
    paper = resting.certificates.get()
    paper.expires_on = TODAY + timedelta(days=31)
    paper.save()
    for number in (1, 1, 2, 32, 33):
        with time_machine.travel(timezone.now() + timedelta(days=number), tick=False):
            days.follow_today()
    assert told() == {("seller@example.org", "due"), ("seller@example.org", "expired")}
    assert Notice.objects.count() == 2


def test_others_are_concerned_by_what_their_lots_rest_on(resting, place, buyer):
    """A seller may trade what another holder's certificate covers; buyers wait to pay for it."""
    other = SellerFactory()
    other.members.create(person=PersonFactory(email="trader@example.org"))
    paper = resting.certificates.get()
    LotFactory(seller=other, species=resting.species, certificates=[paper])
    waiting = place(resting, 1_000)
    gone = PersonFactory(email="gone@example.org", is_active=False)
    resting.seller.members.create(person=gone)

    decided(paper, "suspended")
    assert {person for person, _news in told()} == {
        "seller@example.org",
        "trader@example.org",
        buyer.members.get().person.email,
    }

    Notice.objects.all().delete()
    decided(paper, "accepted")
    assert {person for person, _news in told()} == {"seller@example.org", "trader@example.org"}

    Notice.objects.all().delete()
    orders.cancel(order=waiting, person=waiting.placed_by)
    decided(paper, "suspended")
    assert buyer.members.get().person.email not in {person for person, _news in told()}


def test_one_mail_says_all_that_waits_in_the_persons_language(resting):
    UserProfile.objects.create(user=resting.seller.members.get().person, preferred_language="en")
    decided(resting.certificates.get(), "suspended", reason="Thiếu sổ tay & nhật ký")
    decided(resting.areas.get(), "suspended", reason="Đo lại")

    assert notices.send_due() == 1
    sent = mail.outbox[0]
    assert sent.to == ["seller@example.org"]
    assert sent.subject == "2 pieces of news about your papers"
    html = sent.alternatives[0].content
    for text in (sent.body, html):
        assert "Certificate C-1 is suspended." in text
        assert "http://testserver/en/registers/certificates/C-1/" in text
        assert "Not on sale now: QUE-1" in text
        assert "/en/desk/" in text
    assert "Reason: Thiếu sổ tay & nhật ký" in sent.body
    assert "Thiếu sổ tay &amp; nhật ký" in html
    assert notices.send_due() == 0


@pytest.mark.parametrize("stop", ["suspended", None])
def test_the_subject_says_the_one_piece_of_news(resting, stop):
    day = f"{TODAY.day}.{TODAY.month}.{TODAY.year}"
    paper = resting.certificates.get()
    if stop:
        decided(paper, stop)
    else:
        notices.put_down(record=paper, news=Notice.News.DUE, key="due")
        type(paper).objects.update(expires_on=TODAY)
    notices.send_due()
    expected = {
        "suspended": "Giấy chứng nhận C-1 đang bị tạm đình chỉ.",
        None: f"Giấy chứng nhận C-1 hết hiệu lực sau ngày {day}.",
    }
    assert mail.outbox[0].subject == expected[stop]
    assert ("QUE-1" in mail.outbox[0].body) is bool(stop)


def test_many_stopped_lots_are_counted_not_listed(resting):
    paper = resting.certificates.get()
    for _ in range(24):
        LotFactory(seller=resting.seller, species=resting.species, certificates=[paper])
    decided(paper, "suspended")
    notices.send_due()
    assert "và 5 lô hàng nữa" in mail.outbox[0].body


class Refusing(EmailBackend):
    """A mail server that cannot be opened, or answers with an error."""

    def __init__(self, at_open=None, at_send=None):
        super().__init__()
        self.at_open, self.at_send = at_open, at_send

    def open(self):
        if self.at_open:
            raise self.at_open

    def send_messages(self, messages):
        raise self.at_send


@pytest.mark.parametrize(
    ("_case", "server", "waits"),
    [
        ("away", {"at_open": ConnectionRefusedError()}, True),
        ("refuses for now", {"at_send": smtplib.SMTPResponseException(451, b"later")}, True),
        ("refuses for good", {"at_send": smtplib.SMTPResponseException(550, b"no")}, False),
        ("breaks off", {"at_send": smtplib.SMTPServerDisconnected()}, False),
    ],
)
def test_a_notice_waits_when_its_mail_certainly_did_not_go_out(
    resting, monkeypatch, _case, server, waits
):
    decided(resting.certificates.get(), "suspended")
    monkeypatch.setattr("core.mail.get_connection", lambda: Refusing(**server))
    assert notices.send_due() == 0
    assert Notice.objects.waiting().exists() is waits


def test_a_mail_that_cannot_be_written_keeps_nobody_else_waiting(resting, monkeypatch):
    other = PersonFactory(email="other@example.org")
    resting.seller.members.create(person=other)
    decided(resting.certificates.get(), "suspended")
    write = notices.notice_mails.notice

    def fails_for_one(person, name):
        if person == other:
            raise RuntimeError("unreadable")
        return write(person, name)

    monkeypatch.setattr(notices.notice_mails, "notice", fails_for_one)
    assert notices.send_due() == 1
    assert [notice.person for notice in Notice.objects.waiting()] == [other]


def test_the_clock_asks_for_what_waits(resting):
    assert catch_up_with_notices() == 0
    notices.put_down(
        record=resting.certificates.get(), news=Notice.News.DUE, key="a certificate is due"
    )
    assert catch_up_with_notices() == 1
