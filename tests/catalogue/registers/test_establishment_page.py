"""The public page of an establishment: what it holds, by what the register vouches for."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

import pytest

from catalogue.models import Facility, LinkageChain, NameLicence, ProtectedName
from tests.factories.catalogue import (
    CertificateFactory,
    EstablishmentFactory,
    GrowingAreaFactory,
    OcopProductFactory,
    SpeciesFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder():
    return EstablishmentFactory(slug="htx-que", name="HTX Quế")


def page(client, holder):
    return client.get(reverse("catalogue:establishment_detail", args=[holder.slug]))


def test_everything_it_holds_stands_on_its_page(client, holder, django_assert_max_num_queries):
    today = timezone.localdate()
    for number in range(3):
        species = SpeciesFactory()
        area = GrowingAreaFactory(code=f"VN-{number}", establishment=holder, species=[species])
        CertificateFactory(number=f"C-{number}", establishment=holder, areas=[area])
        OcopProductFactory(establishment=holder, species=species, name=f"Trà {number}")
    name = ProtectedName.objects.create(
        kind="indication", name="Quế Mẫu", number="CDDL-1", owner="Hội", registered_on=today
    )
    NameLicence.objects.create(
        protected=name,
        establishment=holder,
        licensed_on=today,
        valid_until=today + timedelta(days=1),
    )
    Facility.objects.create(
        kind="nursery", name="Vườn ươm Mẫu", establishment=holder, commune=holder.commune
    )
    LinkageChain.objects.create(name="Chuỗi quế").establishments.add(holder)
    with django_assert_max_num_queries(22):
        shown = page(client, holder).content.decode()
    for words in ("C-2", "VN-2", "Trà 2", "<strong>Quế Mẫu</strong>", "Vườn ươm Mẫu", "Chuỗi quế"):
        assert words in shown
    certificate = client.get(reverse("catalogue:certificate_detail", args=["C-1"]))
    assert holder.get_absolute_url() in certificate.content.decode()


def test_what_has_run_out_is_struck(client, holder):
    yesterday = timezone.localdate() - timedelta(days=1)
    OcopProductFactory(
        establishment=holder,
        name="Trà cũ",
        decided_on=yesterday - timedelta(days=9),
        valid_until=yesterday,
    )
    CertificateFactory(number="C-9", establishment=holder, decision="suspended")
    shown = page(client, holder).content.decode()
    assert "<s>Trà cũ</s>" in shown
    assert "badge--lapsed" in shown


def test_who_holds_nothing_that_is_vouched_for_has_no_page(client, market_staff, holder):
    CertificateFactory(establishment=holder, decision="submitted")
    assert page(client, holder).status_code == 404
    client.force_login(market_staff)
    assert page(client, holder).status_code == 200


def test_drafts_and_withheld_places_do_not_show(client, holder):
    CertificateFactory(number="C-1", establishment=holder)
    CertificateFactory(number="C-DRAFT", establishment=holder, decision="draft")
    GrowingAreaFactory(code="VN-DRAFT", establishment=holder, decision="checked")
    shown = page(client, holder).content.decode()
    assert "C-1" in shown
    assert "DRAFT" not in shown
