"""Deciding about a certificate, and what follows."""

from wagtail.models import ModelLogEntry

import pytest

from catalogue.services import certificates
from catalogue.signals import certificate_changed
from tests.factories.catalogue import CertificateFactory, SpeciesFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    """The primary keys that followers were told of."""
    keys = []

    def follow(sender, pk, **kwargs):
        keys.append(pk)

    certificate_changed.connect(follow)
    yield keys
    certificate_changed.disconnect(follow)


@pytest.mark.parametrize(
    ("decision", "reason"),
    [("accepted", ""), ("draft", ""), ("suspended", "kiểm tra lại"), ("withdrawn", "hết hạn")],
)
def test_a_decision_is_stored_logged_and_told(told, decision, reason):
    certificate, person = CertificateFactory(decision="draft"), PersonFactory()

    decided = certificates.decide(
        certificate=certificate, decision=decision, reason=f"  {reason} ", person=person
    )

    certificate.refresh_from_db()
    assert decided == certificate
    assert (certificate.decision, certificate.decision_reason) == (decision, reason)
    assert told == [certificate.pk]
    entry = ModelLogEntry.objects.get(action="catalogue.certificate.decided")
    assert entry.user == person
    assert entry.object_id == str(certificate.pk)
    assert entry.data == {"decision": decision, "reason": reason}


@pytest.mark.parametrize(
    ("_case", "decision", "reason"),
    [
        ("suspended for nothing", "suspended", ""),
        ("withdrawn for nothing", "withdrawn", ""),
        ("blanks are no reason", "suspended", "  \n"),
        ("a decision nobody knows", "burnt", "because"),
        ("a state is no decision", "expired", "because"),
    ],
)
def test_a_refused_decision_changes_nothing(told, _case, decision, reason):
    certificate = CertificateFactory(decision="accepted", decision_reason="before")
    with pytest.raises(ValueError, match=r".+"):
        certificates.decide(certificate=certificate, decision=decision, reason=reason)
    certificate.refresh_from_db()
    assert (certificate.decision, certificate.decision_reason) == ("accepted", "before")
    assert told == []
    assert not ModelLogEntry.objects.exists()


def test_a_decision_keeps_what_somebody_else_changed_meanwhile():
    stale = CertificateFactory(authority="old")
    type(stale).objects.filter(pk=stale.pk).update(authority="new")
    certificates.decide(certificate=stale, decision="suspended", reason="why")
    stale.refresh_from_db()
    assert (stale.authority, stale.decision) == ("new", "suspended")


@pytest.mark.parametrize("decision", ["suspended", "withdrawn", "draft"])
def test_the_badge_leaves_and_returns_with_the_decision(client, decision):
    species = SpeciesFactory(slug="que")
    certificate = CertificateFactory(number="BADGE-77", species=[species])

    def badge_is_shown():
        page = client.get("/vi/species/que/").content.decode()
        in_api = client.get("/api/v1/species/que").json()["certificates"]
        on_card = client.get("/vi/species/").context["species"][0].certified
        assert ("BADGE-77" in page) == bool(in_api) == on_card
        return "BADGE-77" in page

    assert badge_is_shown()
    certificates.decide(certificate=certificate, decision=decision, reason="why")
    assert not badge_is_shown()
    certificates.decide(certificate=certificate, decision="accepted", reason="")
    assert badge_is_shown()
