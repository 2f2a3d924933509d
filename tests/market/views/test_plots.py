"""Exact places of plots go to whom they concern, in the form others expect."""

import json

from django.test import Client

import pytest

from catalogue.plots import eudr
from core import roles
from market.models import Order
from tests.factories.catalogue import GrowingAreaFactory, PlotFactory
from tests.factories.market import LotFactory, SellerMemberFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat():
    return SellerMemberFactory()


@pytest.fixture
def grown(seat):
    """A lot of one plot, beside another plot of its holder and one of somebody else."""
    area = GrowingAreaFactory(code="VN-A", establishment=seat.seller.establishment)
    other = GrowingAreaFactory(code="VN-B", establishment=seat.seller.establishment)
    for one in (area, other, GrowingAreaFactory(code="VN-C")):
        PlotFactory(area=one, label="1")
    return LotFactory(code="QUE-1", seller=seat.seller, areas=[area])


def places(answer) -> list[str]:
    features = json.loads(answer.content)["features"]
    return [one["properties"]["ProductionPlace"].split(",")[0] for one in features]


def browser(person=None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def test_a_holder_gets_all_plots_of_its_areas(seat, grown):
    answer = browser(seat.person).get("/vi/desk/plots.geojson")
    assert answer.headers["Content-Type"] == "application/geo+json"
    name = f"plots-{seat.seller.slug}.geojson"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert places(answer) == ["VN-A", "VN-B"]
    assert "/vi/desk/plots.geojson" in browser(seat.person).get("/vi/desk/").content.decode()


def test_whom_the_plots_of_a_lot_concern(seat, grown, place, buyer, django_user_model):
    address, page = "/vi/market/lots/QUE-1/plots.geojson", grown.get_absolute_url()
    staff = PersonFactory()
    staff.groups.create(name=roles.MARKET_STAFF)
    order = place(grown, 1_000)
    ordered = buyer.members.get().person

    def may(person) -> bool:
        client = browser(person)
        answer, shown = client.get(address), client.get(page).content.decode()
        assert (answer.status_code == 200) == (address in shown)
        assert answer.status_code in (200, 404)
        return answer.status_code == 200

    asked = {"seller": seat.person, "staff": staff, "nobody": None, "stranger": PersonFactory()}
    assert {name for name, person in asked.items() if may(person)} == {"seller", "staff"}
    assert not may(ordered)  # an order can be placed by anybody, and cancelled
    Order.objects.filter(pk=order.pk).update(state=Order.State.PAID)
    assert may(ordered)
    assert places(browser(ordered).get(address)) == ["VN-A"]


def test_a_lot_without_plots_has_no_such_page(seat):
    LotFactory(code="QUE-2", seller=seat.seller, areas=[GrowingAreaFactory()])
    assert browser(seat.person).get("/vi/market/lots/QUE-2/plots.geojson").status_code == 404


def test_who_sells_nothing_has_no_desk(grown):
    assert browser(PersonFactory()).get("/vi/desk/plots.geojson").status_code == 403
    assert browser().get("/vi/desk/plots.geojson").status_code == 302


def test_more_than_one_file_may_hold_is_said(seat, grown, monkeypatch):
    monkeypatch.setattr(eudr, "MOST_BYTES", 100)
    answer = browser(seat.person).get("/vi/desk/plots.geojson", follow=True)
    assert answer.redirect_chain == [("/vi/desk/", 302)]
    assert "Số thửa vượt quá một tệp (25 MB): chỉ vừa 0 thửa." in answer.content.decode()
