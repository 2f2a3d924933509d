"""Two people at one record of the registers: one change waits, and is settled once."""

import time
from functools import partial

import pytest

from catalogue.models import Certificate, CertificateAmendment
from catalogue.services import amendments
from catalogue.services.amendments import AmendmentRefused
from tests.factories.catalogue import CertificateFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def certificate(transactional_db):
    return CertificateFactory(number="C-1")


@pytest.fixture
def lingering(monkeypatch):
    """Make everybody take their time after the look."""
    stored_value, require = amendments.stored_value, amendments._require_settling

    def slow_look(*args):
        time.sleep(0.1)
        return stored_value(*args)

    def slow_check(*args, **kwargs):
        require(*args, **kwargs)
        time.sleep(0.1)

    monkeypatch.setattr(amendments, "stored_value", slow_look)
    monkeypatch.setattr(amendments, "_require_settling", slow_check)


def proposing(certificate, number):
    return partial(
        amendments.propose,
        record=certificate,
        wanted={"number": number},
        reason="QĐ",
        person=PersonFactory(),
    )


def test_of_two_changes_proposed_at_once_one_waits(certificate, at_once, lingering):
    results = at_once(*[proposing(certificate, f"C-{n}") for n in range(2, 5)])
    assert sorted(type(one).__name__ for one in results) == [
        "AmendmentRefused",
        "AmendmentRefused",
        "CertificateAmendment",
    ]
    assert CertificateAmendment.objects.count() == 1


def test_a_change_is_accepted_or_refused_not_both(certificate, at_once, lingering):
    change = proposing(certificate, "C-2")()
    results = at_once(
        *[
            partial(
                amendments.settle,
                amendment=change,
                accept=accept,
                note="Nhầm",
                person=PersonFactory(),
            )
            for accept in (True, False)
        ]
    )
    assert sum(isinstance(one, AmendmentRefused) for one in results) == 1
    change.refresh_from_db()
    written = "C-2" if change.outcome == "accepted" else "C-1"
    assert Certificate.objects.get().number == written
