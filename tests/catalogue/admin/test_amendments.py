"""Staff propose and settle changes of accepted records in the admin."""

from django.urls import reverse

import pytest

from catalogue.models import Certificate
from tests.catalogue.admin.test_registers import certificate_form
from tests.factories.catalogue import CertificateFactory, GrowingAreaFactory, SpeciesFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate():
    return CertificateFactory(
        number="C-1", species=[SpeciesFactory()], areas=[GrowingAreaFactory()]
    )


@pytest.fixture
def page(client, market_staff, certificate):
    client.force_login(market_staff)
    return reverse("catalogue_amend", args=["certificates", certificate.pk])


def test_a_change_goes_from_one_person_to_another(
    client, admin_client, market_staff, certificate, page
):
    deciding = reverse("catalogue_decide", args=["certificates", certificate.pk])
    assert page in client.get(deciding).content.decode()
    form = client.get(page).context["form"]
    assert "scan" not in form.fields
    assert not form.fields["number"].disabled
    answer = client.post(page, certificate_form(certificate, number="C-2", reason="QĐ 7"))
    assert answer.headers["Location"] == reverse("catalogue_queue")
    change = certificate.amendments.get()
    settling = reverse("catalogue_settle", args=["certificates", change.pk])
    assert page not in client.get(deciding).content.decode()
    queue = client.get(reverse("catalogue_queue")).content.decode()
    assert settling in queue
    assert "số: C-1 → C-2" in queue

    own = client.get(settling).content.decode()
    assert 'name="accept"' not in own
    assert client.post(settling, {"accept": ""}).status_code == 200
    assert Certificate.objects.get().number == "C-1"

    assert "C-2" in admin_client.get(settling).content.decode()
    answer = admin_client.post(settling, {"accept": ""}, follow=True)
    assert "GACP-WHO C-2 đã được sửa." in answer.content.decode()
    kept = Certificate.objects.get()
    assert kept.number == "C-2"
    public = client.get(kept.get_absolute_url()).content.decode()
    assert "Đã sửa: số" in public
    assert "QĐ 7" in public
    assert 'name="refuse"' not in admin_client.get(settling).content.decode()


@pytest.mark.parametrize(
    ("_case", "changes"),
    [
        ("no reason", {"number": "C-2"}),
        ("nothing different", {"reason": "x"}),
        ("days in the wrong order", {"expires_on": "2001-01-01", "reason": "x"}),
        ("a number that is taken", {"number": "C-9", "reason": "x"}),
    ],
)
def test_a_change_that_cannot_be_is_refused_on_its_page(client, certificate, page, _case, changes):
    CertificateFactory(number="C-9")
    answer = client.post(page, certificate_form(certificate, **changes))
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not certificate.amendments.exists()


def test_an_area_is_changed_in_the_same_way(client, market_staff):
    client.force_login(market_staff)
    area = GrowingAreaFactory(species=[SpeciesFactory()])
    form = {
        "code": area.code,
        "establishment": area.establishment_id,
        "commune": area.commune_id,
        "species": [one.pk for one in area.species.all()],
        "area_m2": area.area_m2,
        "expected_yield_grams": "12,5",
        "reason": "Đo lại",
    }
    answer = client.post(reverse("catalogue_amend", args=["areas", area.pk]), form)
    assert answer.status_code == 302
    assert area.amendments.get().changes == {"expected_yield_grams": [None, 12_500_000]}


@pytest.mark.parametrize("address", ["certificates/0/", "orders/1/", "areas/999/new/"])
def test_changes_of_what_is_not_there_are_not_found(client, market_staff, address):
    client.force_login(market_staff)
    answer = client.get(f"/admin/registers/changes/{address}", follow=True)
    assert answer.status_code == 404


def test_only_market_staff_change_the_registers(client, curator, certificate):
    client.force_login(curator)
    page = reverse("catalogue_amend", args=["certificates", certificate.pk])
    assert client.post(page, {"number": "x"}).status_code == 302
    assert not certificate.amendments.exists()
