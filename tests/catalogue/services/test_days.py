"""What certificates do by the day alone is announced once, and late if need be."""

from datetime import timedelta

from django.utils import timezone

import pytest
import time_machine

from catalogue.models import Certificate, FollowedDay
from catalogue.services import days
from catalogue.signals import certificate_changed, certificate_due, certificate_expired
from tests.factories.catalogue import CertificateFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
SIGNALS = {
    "changed": certificate_changed,
    "due": certificate_due,
    "expired": certificate_expired,
}


@pytest.fixture
def heard():
    """What was announced, as (what, number of the certificate)."""
    told = []
    listeners = {}
    for name, signal in SIGNALS.items():

        def hear(sender, pk, name=name, **kwargs):
            told.append((name, Certificate.objects.get(pk=pk).number))

        listeners[name] = hear
        signal.connect(hear)
    yield told
    for name, signal in SIGNALS.items():
        signal.disconnect(listeners[name])


def on(number):
    """Return the noon of the day so many days from today."""
    return time_machine.travel(timezone.now() + timedelta(days=number), tick=False)


@pytest.fixture
def followed():
    days.follow_today()


def ends_in(in_days, **facts):
    return CertificateFactory(expires_on=TODAY + timedelta(days=in_days), **facts)


def test_a_certificate_comes_due_thirty_days_before_and_ends_after_its_last_day(heard, followed):
    ends_in(31, number="C-1")
    seen = {}
    for number in range(1, 40):
        with on(number):
            days.follow_today()
        if heard:
            seen[number] = heard.copy()
            heard.clear()
    assert seen == {
        1: [("due", "C-1")],
        32: [("changed", "C-1"), ("expired", "C-1")],
    }


def test_twice_and_late_change_nothing_extra(heard, followed):
    ends_in(3, number="C-1")
    ends_in(31, number="C-2")
    with on(9):
        assert days.follow_today() == 2
        assert days.follow_today() == 0
    assert heard == [("changed", "C-1"), ("due", "C-2"), ("expired", "C-1")]
    assert FollowedDay.objects.get().day == TODAY + timedelta(days=9)


@pytest.mark.parametrize("decision", ["draft", "suspended", "withdrawn", "returned"])
def test_what_is_not_accepted_comes_not_due_and_ends_for_nobody(heard, followed, decision):
    ends_in(30 + 1, decision=decision)
    ends_in(0, decision=decision, number="C-0")
    with on(1):
        days.follow_today()
    assert heard == [("changed", "C-0")]


def test_the_first_day_of_all_announces_nothing(heard):
    ends_in(-1)
    ends_in(30)
    assert days.follow_today() == 0
    assert heard == []
