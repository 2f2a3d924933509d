"""A change of an accepted record needs a second person, and stops nothing meanwhile."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from wagtail.models import ModelLogEntry

import pytest

from catalogue.models import Certificate, GrowingArea
from catalogue.registers.history import events
from catalogue.services import amendments
from catalogue.services.amendments import AmendmentRefused
from catalogue.signals import certificate_changed
from tests.factories.catalogue import CertificateFactory, GrowingAreaFactory, SpeciesFactory
from tests.factories.decisions import decided
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate():
    return CertificateFactory(
        number="C-1", species=[SpeciesFactory(slug="que")], areas=[GrowingAreaFactory(code="VN-1")]
    )


def facts(certificate, **changes):
    wanted = {
        "number": certificate.number,
        "expires_on": certificate.expires_on,
        "part": certificate.part,
        "species": certificate.species.all(),
        "areas": certificate.areas.all(),
    }
    return wanted | changes


def proposed(certificate, person=None, **changes):
    return amendments.propose(
        record=certificate,
        wanted=facts(certificate, **changes),
        reason="Quyết định Mẫu 7",
        person=person or PersonFactory(),
    )


def test_what_is_proposed_changes_nothing_until_somebody_else_accepts_it(certificate):
    told = []

    def follow(sender, pk, **kwargs):
        told.append(pk)

    added = SpeciesFactory(slug="hoi", scientific_name="Illicium verum")
    both = [certificate.species.get().pk, added.pk]
    change = proposed(
        certificate, number="C-2", species=type(added).objects.filter(pk__in=both).order_by("-pk")
    )
    assert set(change.changes) == {"number", "species"}
    assert change.changes["number"] == ["C-1", "C-2"]
    assert change.words["species"][1].count(",") == 1
    assert Certificate.objects.get().number == "C-1"
    assert Certificate.objects.proving().exists()

    certificate_changed.connect(follow)
    amendments.settle(amendment=change, accept=True, person=PersonFactory())
    certificate_changed.disconnect(follow)
    kept = Certificate.objects.get()
    assert (kept.number, kept.folded_number, kept.decision) == ("C-2", "c2", "accepted")
    assert {one.slug for one in kept.species.all()} == {"que", "hoi"}
    assert certificate.pk in told
    entry = ModelLogEntry.objects.get(action="catalogue.register.changed")
    assert entry.data["changes"]["number"] == ["C-1", "C-2"]
    assert [(event.what, event.reason) for event in events(kept)] == [
        ("đã sửa: số, loài", "Quyết định Mẫu 7")
    ]


def test_whoever_proposed_a_change_does_not_accept_it_but_may_take_it_back(certificate):
    person = PersonFactory()
    change = proposed(certificate, person, number="C-2")
    with pytest.raises(AmendmentRefused, match="người khác"):
        amendments.settle(amendment=change, accept=True, person=person)
    amendments.settle(amendment=change, accept=False, note="Gõ nhầm", person=person)
    change.refresh_from_db()
    assert (change.outcome, change.note) == ("refused", "Gõ nhầm")
    assert Certificate.objects.get().number == "C-1"
    assert events(certificate) == []


def test_a_refusal_says_why(certificate):
    change = proposed(certificate, number="C-2")
    with pytest.raises(AmendmentRefused):
        amendments.settle(amendment=change, accept=False, note=" ", person=PersonFactory())
    change.refresh_from_db()
    assert change.is_pending


@pytest.mark.parametrize("decision", ["draft", "submitted", "checked", "returned"])
def test_what_nobody_vouches_for_is_edited_by_hand(certificate, decision):
    Certificate.objects.update(decision=decision)
    with pytest.raises(AmendmentRefused):
        proposed(certificate, number="C-2")


@pytest.mark.parametrize("decision", ["accepted", "suspended", "withdrawn"])
def test_what_was_vouched_for_once_may_be_changed(certificate, decision):
    Certificate.objects.update(decision=decision)
    amendments.settle(
        amendment=proposed(certificate, number="C-2"), accept=True, person=PersonFactory()
    )
    assert Certificate.objects.get().number == "C-2"
    assert Certificate.objects.get().decision == decision


def test_nothing_different_is_no_change(certificate):
    with pytest.raises(AmendmentRefused, match="không khác"):
        proposed(certificate)


def test_one_change_waits_at_a_time(certificate):
    first = proposed(certificate, number="C-2")
    with pytest.raises(AmendmentRefused):
        proposed(certificate, number="C-3")
    with pytest.raises(IntegrityError), transaction.atomic():
        certificate.amendments.create(changes={}, words={}, reason="x")
    amendments.settle(amendment=first, accept=False, note="x", person=PersonFactory())
    proposed(certificate, number="C-3")


def test_a_change_is_settled_once(certificate):
    change = proposed(certificate, number="C-2")
    stale = type(change).objects.get()
    amendments.settle(amendment=change, accept=True, person=PersonFactory())
    with pytest.raises(AmendmentRefused):
        amendments.settle(amendment=stale, accept=False, note="x", person=PersonFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        type(change).objects.update(settled_at=None)


def test_a_record_that_changed_since_is_not_written_over(certificate):
    change = proposed(certificate, number="C-2")
    decided(certificate, "returned")
    with pytest.raises(AmendmentRefused, match="thay đổi từ khi"):
        amendments.settle(amendment=change, accept=True, person=PersonFactory())
    Certificate.objects.update(number="C-9", decision="accepted")
    with pytest.raises(AmendmentRefused, match="thay đổi từ khi"):
        amendments.settle(amendment=change, accept=True, person=PersonFactory())
    assert Certificate.objects.get().number == "C-9"


@pytest.mark.parametrize("trouble", ["taken", "gone"])
def test_what_is_not_right_any_more_is_refused_whole(certificate, trouble):
    other = GrowingAreaFactory(code="VN-2")
    change = proposed(
        certificate, number="C-2", areas=GrowingArea.objects.filter(code__in=["VN-1", "VN-2"])
    )
    if trouble == "taken":
        CertificateFactory(number="C-2")
    else:
        other.delete()
    with pytest.raises(AmendmentRefused):
        amendments.settle(amendment=change, accept=True, person=PersonFactory())
    certificate.refresh_from_db()
    assert certificate.number == "C-1"
    assert [area.code for area in certificate.areas.all()] == ["VN-1"]
    change.refresh_from_db()
    assert change.is_pending


def test_days_and_keys_come_back_as_they_were(certificate):
    later = certificate.expires_on + timezone.timedelta(days=365)
    area = GrowingAreaFactory(code="VN-3", area_m2=20_000)
    amendments.settle(
        amendment=proposed(certificate, expires_on=later), accept=True, person=PersonFactory()
    )
    assert Certificate.objects.get().expires_on == later
    change = amendments.propose(
        record=area,
        wanted={"commune": certificate.establishment.commune, "area_m2": 30_000},
        reason="Đo lại",
        person=PersonFactory(),
    )
    amendments.settle(amendment=change, accept=True, person=PersonFactory())
    area.refresh_from_db()
    assert (area.commune, area.area_m2) == (certificate.establishment.commune, 30_000)
