"""A seller prints labels for the sacks of a lot."""

import io

from django.test import Client

import pytest
from pypdf import PdfReader

from tests.factories.market import LotFactory, SellerMemberFactory

pytestmark = pytest.mark.django_db

ADDRESS = "/vi/desk/lots/QUE-1/labels/"


@pytest.fixture
def browser():
    member = SellerMemberFactory()
    LotFactory(code="QUE-1", seller=member.seller)
    LotFactory(code="QUE-2")
    client = Client()
    client.force_login(member.person)
    return client


def test_as_many_labels_as_are_asked_for(browser):
    assert ADDRESS in browser.get("/vi/desk/").content.decode()
    assert "In nhãn" in browser.get(ADDRESS).content.decode()
    answer = browser.get(ADDRESS, {"copies": 22, "skip": ""})
    assert answer.headers["Content-Type"] == "application/pdf"
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
    assert [text.count("lot/QUE-1") for text in texts] == [21, 1]


@pytest.mark.parametrize(
    "query",
    [{"copies": 0}, {"copies": 211}, {"copies": "x"}, {"skip": 3}, {"copies": 1, "skip": 21}],
)
def test_a_number_that_cannot_be_printed_is_refused(browser, query):
    answer = browser.get(ADDRESS, query)
    assert answer.status_code == 400
    assert answer.context["form"].errors


def test_labels_are_printed_by_the_seller_alone(browser):
    assert browser.get("/vi/desk/lots/QUE-2/labels/").status_code == 404
    assert Client().get(ADDRESS).status_code == 302
