"""Scans of certificates: the whole one for staff, another one for everybody."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from wagtail.models import ModelLogEntry

import pytest

from catalogue.models import Certificate
from tests.catalogue.admin.test_registers import address, certificate_form
from tests.factories.catalogue import CertificateFactory, GrowingAreaFactory, SpeciesFactory

pytestmark = pytest.mark.django_db

WHOLE, BLACKED = b"%PDF-1.7 whole", b"%PDF-1.7 blacked out"


def pdf(content, name="giay.pdf"):
    return SimpleUploadedFile(name, content, "application/pdf")


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.fixture
def certificate():
    return CertificateFactory(
        number="12/GCN-Mẫu", species=[SpeciesFactory()], areas=[GrowingAreaFactory()]
    )


@pytest.fixture
def scanned(certificate):
    certificate.scan.save("a.pdf", ContentFile(WHOLE), save=False)
    certificate.public_scan.save("b.pdf", ContentFile(BLACKED))
    return certificate


def test_staff_keep_two_scans_of_an_accepted_paper_and_the_change_is_noted(
    client, market_staff, certificate
):
    client.force_login(market_staff)
    form = certificate_form(certificate, scan=pdf(WHOLE), public_scan=pdf(BLACKED))
    answer = client.post(address(Certificate, "edit", certificate.pk), form)
    assert answer.status_code == 302
    kept = Certificate.objects.get()
    assert (kept.scan.read(), kept.public_scan.read()) == (WHOLE, BLACKED)
    assert kept.decision == "accepted"
    entry = ModelLogEntry.objects.get(action="catalogue.register.changed")
    assert set(entry.data["changes"]) == {"scan", "public_scan"}
    page = client.get(address(Certificate, "edit", certificate.pk)).content.decode()
    whole = reverse("catalogue_scan", args=[certificate.pk, "scan"])
    assert whole in page
    assert kept.scan.name not in page  # an address of the storage would lead nowhere
    assert body(client.get(whole)) == WHOLE


@pytest.mark.parametrize(
    ("_case", "scans", "field"),
    [
        ("the same twice", {"scan": WHOLE, "public_scan": WHOLE}, "public_scan"),
        ("no PDF", {"scan": b"<script>alert(1)</script>"}, "scan"),
        ("nothing", {"public_scan": b""}, "public_scan"),
    ],
)
def test_what_is_no_scan_is_refused_and_nothing_is_kept(
    client, market_staff, certificate, _case, scans, field
):
    client.force_login(market_staff)
    files = {name: pdf(content) for name, content in scans.items()}
    answer = client.post(
        address(Certificate, "edit", certificate.pk), certificate_form(certificate, **files)
    )
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert Certificate.objects.get().scan.name == ""


def test_a_name_that_is_none_of_a_pdf_is_refused(client, market_staff, certificate):
    client.force_login(market_staff)
    form = certificate_form(certificate, scan=pdf(WHOLE, "giay.docx"))
    answer = client.post(address(Certificate, "edit", certificate.pk), form)
    assert "Bản quét phải là tệp PDF." in answer.content.decode()


def test_the_whole_scan_is_not_public_and_the_other_is(client, scanned):
    page = client.get(scanned.get_absolute_url()).content.decode()
    assert scanned.scan_url in page
    answer = client.get(scanned.scan_url)
    assert body(answer) == BLACKED
    assert answer.headers["Content-Disposition"] == 'attachment; filename="12-gcn-mau.pdf"'
    for name in (scanned.scan.name, scanned.public_scan.name):
        assert client.get(f"/media/{name}").status_code == 404
        assert client.get(f"/files/{name}").status_code == 404
    staff_only = reverse("catalogue_scan", args=[scanned.pk, "scan"])
    assert client.get(staff_only).status_code == 302  # to the door of the admin
    found = client.get(f"/api/v1/certificates/{scanned.number}").json()
    assert found["scan_url"].endswith("/scan.pdf")


def test_the_scan_of_a_paper_that_nobody_vouched_for_is_not_shown(client, scanned):
    Certificate.objects.update(decision="submitted")
    assert client.get(scanned.scan_url).status_code == 404


def test_a_paper_without_a_scan_has_none_to_give(client, certificate):
    assert client.get(certificate.scan_url).status_code == 404
    assert certificate.scan_url not in client.get(certificate.get_absolute_url()).content.decode()


def test_curators_do_not_open_scans(client, curator, scanned):
    client.force_login(curator)
    answer = client.get(reverse("catalogue_scan", args=[scanned.pk, "scan"]))
    assert answer.status_code == 302


def test_a_scan_that_is_not_there_is_not_found(client, market_staff, certificate):
    client.force_login(market_staff)
    for name in ("scan", "number"):
        answer = client.get(reverse("catalogue_scan", args=[certificate.pk, name]))
        assert answer.status_code == 404


def test_a_scan_that_is_replaced_or_taken_away_is_deleted(
    client, market_staff, scanned, django_capture_on_commit_callbacks
):
    client.force_login(market_staff)
    before = scanned.scan.name, scanned.public_scan.name
    form = certificate_form(scanned, **{"scan": pdf(b"%PDF-1.7 new"), "public_scan-clear": "on"})
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address(Certificate, "edit", scanned.pk), form)
    kept = Certificate.objects.get()
    assert default_storage.exists(kept.scan.name)
    assert kept.public_scan.name == ""
    assert not any(default_storage.exists(name) for name in before)
