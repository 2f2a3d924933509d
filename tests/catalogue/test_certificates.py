"""What a certificate is on a day, in Python and in the database."""

from datetime import date, timedelta

from django.utils import timezone

import pytest
import time_machine

from catalogue.decisions import Decision
from catalogue.models import Certificate
from tests.factories.catalogue import CertificateFactory

ISSUED = date(2026, 1, 10)
EXPIRES = date(2026, 12, 31)
STATES = list(Certificate.State)


def made(decision="accepted", issued_on=ISSUED, expires_on=EXPIRES):
    return Certificate(decision=decision, issued_on=issued_on, expires_on=expires_on)


@pytest.mark.parametrize(
    ("_case", "decision", "day", "state"),
    [
        ("the day before it was issued", "accepted", ISSUED - timedelta(days=1), "draft"),
        ("the day it was issued", "accepted", ISSUED, "valid"),
        ("the last day before the due window", "accepted", EXPIRES - timedelta(days=31), "valid"),
        ("the first day of the due window", "accepted", EXPIRES - timedelta(days=30), "due"),
        ("the last day", "accepted", EXPIRES, "due"),
        ("the day after", "accepted", EXPIRES + timedelta(days=1), "expired"),
        ("suspended while in date", "suspended", ISSUED, "suspended"),
        ("suspended and out of date", "suspended", EXPIRES + timedelta(days=1), "suspended"),
        ("suspended before its first day", "suspended", ISSUED - timedelta(days=1), "suspended"),
        ("withdrawn while in date", "withdrawn", ISSUED, "withdrawn"),
        ("withdrawn and out of date", "withdrawn", EXPIRES + timedelta(days=1), "withdrawn"),
        ("nobody has decided", "draft", ISSUED, "draft"),
        ("nobody has decided and it ran out", "draft", EXPIRES + timedelta(days=1), "draft"),
    ],
)
def test_state_on(_case, decision, day, state):
    assert made(decision).state_on(day) == state


def test_a_short_certificate_is_due_from_its_first_day():
    certificate = made(issued_on=ISSUED, expires_on=ISSUED + timedelta(days=5))
    assert certificate.state_on(ISSUED) == "due"
    assert certificate.state_on(ISSUED - timedelta(days=1)) == "draft"


@pytest.mark.parametrize(
    ("_case", "decision", "issued_ago", "expires_in", "is_valid"),
    [
        ("in date", "accepted", 100, 100, True),
        ("due for renewal still proves", "accepted", 100, 3, True),
        ("its last day", "accepted", 100, 0, True),
        ("its first day", "accepted", 0, 100, True),
        ("yesterday was the last day", "accepted", 100, -1, False),
        ("not before tomorrow", "accepted", -1, 100, False),
        ("suspended", "suspended", 100, 100, False),
        ("withdrawn", "withdrawn", 100, 100, False),
        ("draft", "draft", 100, 100, False),
    ],
)
def test_is_valid_today(_case, decision, issued_ago, expires_in, is_valid):
    today = timezone.localdate()
    certificate = made(
        decision, today - timedelta(days=issued_ago), today + timedelta(days=expires_in)
    )
    assert certificate.is_valid is is_valid


@pytest.fixture
def certificates(db):
    """Every decision with a long, a short and a one-day certificate."""
    spans = [(ISSUED, EXPIRES), (ISSUED, ISSUED + timedelta(days=5)), (ISSUED, ISSUED)]
    return [
        CertificateFactory(decision=decision, issued_on=first, expires_on=last)
        for decision in Decision.values
        for first, last in spans
    ]


@pytest.mark.parametrize(
    "day",
    sorted(
        {
            base + timedelta(days=shift)
            for base in (ISSUED, EXPIRES, EXPIRES - timedelta(days=30), ISSUED + timedelta(days=5))
            for shift in (-2, -1, 0, 1, 2)
        }
    ),
    ids=str,
)
def test_the_database_sees_the_same_states(certificates, day):
    assert len(certificates) == 3 * len(Decision)
    in_python = {state: set() for state in STATES}
    for certificate in certificates:
        in_python[certificate.state_on(day)].add(certificate.number)
    in_database = {
        state: set(Certificate.objects.in_state(state, day).values_list("number", flat=True))
        for state in STATES
    }
    assert in_database == in_python
    valid = set(Certificate.objects.valid(day).values_list("number", flat=True))
    assert valid == in_python["valid"] | in_python["due"]


@pytest.mark.parametrize(
    ("_case", "moment", "state", "valid"),
    [
        ("a minute before midnight here", "2026-12-31T16:59:00Z", "due", 1),
        (
            "three in the morning here, still the old year in UTC",
            "2026-12-31T20:00:00Z",
            "expired",
            0,
        ),
    ],
)
def test_today_is_the_day_here_and_not_in_utc(db, _case, moment, state, valid):
    CertificateFactory(issued_on=ISSUED, expires_on=EXPIRES)
    with time_machine.travel(moment, tick=False):
        assert Certificate.objects.get().state == state
        assert Certificate.objects.valid().count() == valid


@pytest.mark.parametrize(
    ("_case", "text", "numbers"),
    [
        ("part of the number, whatever the case", "gacp-00", ["X-GACP-001", "X-GACP-002"]),
        ("the whole number", "X-FSC-001", ["X-FSC-001"]),
        ("the holder", "Hợp tác", ["X-FSC-001"]),
        ("nothing", "", ["X-FSC-001", "X-GACP-001", "X-GACP-002"]),
        ("a sign of the pattern language is a letter", "%", []),
        ("another one", "_", []),
    ],
)
def test_named(db, _case, text, numbers):
    CertificateFactory(number="X-GACP-001")
    CertificateFactory(number="X-GACP-002")
    CertificateFactory(number="X-FSC-001", establishment__name="Hợp tác xã Mẫu")
    assert list(Certificate.objects.named(text).values_list("number", flat=True)) == numbers
