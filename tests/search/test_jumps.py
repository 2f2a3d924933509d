"""Codes that lead straight to what they name."""

import pytest

from market.models import Lot
from search.jumps import address_of

PAGE = "/vi/search/"


@pytest.fixture
def lot(add_species, add_lot, add_certificate):
    cassia = add_species("Cinnamomum cassia", "Quế")
    return add_lot(cassia, "QUE-1", commune="00001", certificates=[add_certificate(cassia)])


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("QUE-1", "/vi/market/lots/QUE-1/"),
        (" que-1 ", "/vi/market/lots/QUE-1/"),
        ("GACP-1", "/vi/registers/certificates/GACP-1/"),
        ("vn-que-1", "/vi/registers/areas/?q=VN-QUE-1"),
        ("QUE-2", ""),
        ("que", ""),
        ("", ""),
        ("1" * 41, ""),
    ],
)
def test_a_code_is_the_address_of_what_it_names(lot, text, address):
    assert address_of(text, None) == address


def test_what_nobody_may_see_has_no_address(lot):
    Lot.objects.update(state=Lot.State.DRAFT)
    assert address_of("QUE-1", None) == ""


def test_a_text_without_a_digit_asks_nothing(lot, django_assert_num_queries):
    with django_assert_num_queries(0):
        address_of("quế Văn Yên", None)


def test_the_page_leads_there_unless_something_else_is_asked(lot, client, rebuild):
    rebuild()
    assert client.get(PAGE, {"q": "que-1"}).url == "/vi/market/lots/QUE-1/"
    assert client.get(PAGE, {"q": "que-1", "kind": "lots"}).status_code == 200
