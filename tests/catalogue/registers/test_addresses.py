"""Printed codes open the page of their record, in the visitor's language."""

import pytest

from tests.factories.catalogue import CertificateFactory, GrowingAreaFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/certificate/12/GCN-YDCT", "registers/certificates/12/GCN-YDCT/"),
        ("/certificate/S%E1%BB%91%207", "registers/certificates/S%E1%BB%91%207/"),
        ("/area/VN-1", "registers/areas/VN-1/"),
    ],
)
def test_a_code_opens_its_page(client, language, address, page):
    for number in ("12/GCN-YDCT", "Số 7"):
        CertificateFactory(number=number)
    GrowingAreaFactory(code="VN-1")
    answer = client.get(address, headers={"accept-language": language}, follow=True)
    assert answer.redirect_chain == [(f"/{language}/{page}", 302)]
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "address", ["/certificate/DRAFT", "/certificate/none", "/area/none", "/area/"]
)
def test_what_is_not_public_is_not_found(client, address):
    CertificateFactory(number="DRAFT", decision="checked")
    assert client.get(address, follow=True).status_code == 404
