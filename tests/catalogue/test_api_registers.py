"""The registers as open data: filtered as their pages are, with what was decided."""

from datetime import timedelta

from django.utils import timezone

import pytest

from tests.factories.catalogue import (
    CertificateFactory,
    CommuneFactory,
    GrowingAreaFactory,
    ProvinceFactory,
    SpeciesFactory,
)
from tests.factories.decisions import decided

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def registers():
    far = CommuneFactory(code="06253", name="Văn Quan", province=ProvinceFactory(code="20"))
    species = SpeciesFactory(slug="que", vie="Quế")
    area = GrowingAreaFactory(code="VN-1", species=[species])
    GrowingAreaFactory(code="VN-2", commune=far, decision="suspended")
    CertificateFactory(number="12/GCN", species=[species], areas=[area])
    CertificateFactory(
        number="ORG-1", standard="organic", expires_on=TODAY + timedelta(days=20), species=[species]
    )
    CertificateFactory(number="FSC-1", standard="fsc", decision="suspended")
    CertificateFactory(number="DRAFT", decision="checked")
    return area


def ids(client, address, key):
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == 200
    body = answer.json()
    assert body["count"] >= len(body["items"])
    return [item[key] for item in body["items"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["12/GCN", "FSC-1", "ORG-1"]),
        ("limit=1&offset=1", ["FSC-1"]),
        ("q=12 gcn", ["12/GCN"]),
        ("standard=organic&standard=fsc", ["FSC-1", "ORG-1"]),
        ("state=due", ["ORG-1"]),
        ("state=valid&state=suspended", ["12/GCN", "FSC-1"]),
        ("expiring=30", ["ORG-1"]),
        ("species=que&province=15", ["12/GCN", "ORG-1"]),
        ("province=20", []),
    ],
)
def test_certificates_are_filtered(client, registers, query, found):
    assert ids(client, f"certificates?{query}", "number") == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["VN-1", "VN-2"]),
        ("state=active", ["VN-1"]),
        ("state=suspended&state=withdrawn", ["VN-2"]),
        ("species=que", ["VN-1"]),
        ("province=20", ["VN-2"]),
        ("q=sa pa", ["VN-1"]),
    ],
)
def test_areas_are_filtered(client, registers, query, found):
    assert ids(client, f"areas?{query}", "code") == found


@pytest.mark.parametrize(
    "address",
    [
        "certificates?state=draft",
        "certificates?standard=burnt",
        "certificates?expiring=31",
        "areas?state=accepted",
        f"areas?q={'x' * 201}",
        "areas?province=1 2",
    ],
)
def test_what_cannot_be_read_is_a_problem(client, address):
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("application/problem+json")


def test_a_certificate_says_what_was_decided_and_whether_it_proves_anything(client, registers):
    certificate = registers.certificates.get()
    decided(certificate, "suspended", reason="Thiếu sổ tay")
    decided(certificate, "accepted", reason="Đã bổ sung")
    decided(registers, "suspended", reason="Đo lại")
    body = client.get("/api/v1/certificates/12/GCN").json()
    assert (body["number"], body["state"], body["is_valid"], body["is_proof"]) == (
        "12/GCN",
        "valid",
        True,
        False,
    )
    assert [(row["decision"], row["reason"]) for row in body["history"]] == [
        ("suspended", "Thiếu sổ tay"),
        ("accepted", "Đã bổ sung"),
    ]
    area = client.get("/api/v1/areas/VN-1").json()
    assert (area["state"], area["certificates"]) == ("suspended", ["12/GCN"])
    assert [row["reason"] for row in area["history"]] == ["Đo lại"]


@pytest.mark.parametrize("address", ["certificates/DRAFT", "certificates/none", "areas/none"])
def test_what_is_not_public_is_not_found(client, registers, address):
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("application/problem+json")
