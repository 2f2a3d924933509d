"""Why a lot is not on sale: the words say what the query set decides."""

from datetime import date, datetime, timedelta
from itertools import product

from django.utils import timezone, translation

import pytest

from catalogue.models import Certificate
from market.models import Lot
from market.obstacles import obstacles_of
from tests.factories.catalogue import CertificateFactory, GrowingAreaFactory, SpeciesFactory
from tests.factories.market import LotFactory, SellerFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)

PAPERS = {
    "none": [],
    "valid": [{}],
    "last day": [{"expires_on": TODAY}],
    "expired": [{"expires_on": TODAY - DAY}],
    "begins tomorrow": [{"issued_on": TODAY + DAY, "expires_on": TODAY + 9 * DAY}],
    "suspended": [{"decision": "suspended"}],
    "under review": [{"decision": "checked"}],
    "another species": [{"species": []}],
    "collected in the wild": [{"activity": Certificate.Activity.WILD_COLLECTION}],
    "one lapsed, one valid": [{"decision": "withdrawn"}, {}],
}
AREAS = {
    "none": [],
    "active": ["accepted"],
    "suspended": ["suspended"],
    "one of two withdrawn": ["accepted", "withdrawn"],
    "under review": ["submitted"],
}


def lot_with(papers, areas, trade="free", **facts):
    species = SpeciesFactory(trade=trade, live=facts.pop("live", True))
    seller = SellerFactory(vetting=facts.pop("vetting", "accepted"))
    dates = {"issued_on": TODAY - 100 * DAY, "expires_on": TODAY + 100 * DAY}
    return LotFactory(
        species=species,
        seller=seller,
        certificates=[
            CertificateFactory(**({"species": [species]} | dates | one)) for one in papers
        ],
        areas=[GrowingAreaFactory(decision=decision, species=[species]) for decision in areas],
        **facts,
    )


def test_a_lot_has_obstacles_exactly_when_it_is_not_on_sale():
    lots = [
        lot_with(PAPERS[papers], AREAS[areas], trade=trade)
        for papers, areas, trade in product(PAPERS, AREAS, ["free", "cultivated", "closed"])
    ]
    lots += [
        lot_with([{}], [], **facts)
        for facts in (
            {"state": "paused"},
            {"state": "closed"},
            {"state": "draft"},
            {"vetting": "suspended"},
            {"live": False},
        )
    ]
    on_sale = set(Lot.objects.on_sale(TODAY).values_list("pk", flat=True))
    found = obstacles_of(lots, TODAY)
    assert {pk for pk, obstacles in found.items() if not obstacles} == on_sale
    assert 0 < len(on_sale) < len(lots)


@pytest.mark.parametrize(
    ("_case", "papers", "areas", "facts", "said"),
    [
        (
            "expired",
            [{"number": "C-1", "expires_on": TODAY - DAY}],
            [],
            {},
            ["Giấy chứng nhận C-1 hết hạn ngày 24.11.2026."],
        ),
        (
            "not yet",
            [{"number": "C-1", "issued_on": TODAY + DAY, "expires_on": TODAY + DAY}],
            [],
            {},
            ["Giấy chứng nhận C-1 có hiệu lực từ ngày 26.11.2026."],
        ),
        (
            "another species",
            [{"number": "C-1", "species": []}],
            [],
            {},
            ["Giấy chứng nhận C-1 không bao gồm loài này."],
        ),
        ("paused", [], [], {"state": "paused"}, ["Người bán đang tạm dừng lô này."]),
        ("not vetted", [], [], {"vetting": "suspended"}, ["Người bán hiện chưa được xét duyệt."]),
        ("not published", [], [], {"live": False}, ["Loài này hiện chưa được công bố."]),
        (
            "closed to trade",
            [{}],
            [],
            {"trade": "closed"},
            ["Loài được bảo vệ nghiêm ngặt: không bán bất kỳ sản phẩm nào của loài này."],
        ),
    ],
)
def test_each_obstacle_is_a_sentence_in_the_readers_language(_case, papers, areas, facts, said):
    lot = lot_with(papers, areas, **facts)
    with translation.override("vi"):
        assert obstacles_of([lot], TODAY)[lot.pk] == said


def test_what_was_decided_is_told_with_its_day_and_reason():
    lot = lot_with([{"number": "C-1", "decision": "suspended"}], ["withdrawn"])
    paper, area = lot.certificates.get(), lot.areas.get()
    made_at = datetime(2026, 11, 3, 0, 30, tzinfo=timezone.get_current_timezone())
    paper.decisions.create(decision="accepted", made_at=made_at - DAY)
    paper.decisions.create(decision="suspended", reason="Thiếu sổ tay.", made_at=made_at)
    area.decisions.create(decision="withdrawn", reason="Không còn trồng.", made_at=made_at)
    since = "Since 3 Nov 2026:"
    with translation.override("en"):
        said = obstacles_of([lot], TODAY)[lot.pk]
    assert said == [
        f"The code of growing area {area.code} has been withdrawn. {since} Không còn trồng.",
        f"Certificate C-1 is suspended. {since} Thiếu sổ tay.",
    ]


def test_many_lots_cost_as_many_queries_as_one(django_assert_max_num_queries):
    for _ in range(5):
        lot_with([{"decision": "suspended"}], ["suspended"])
    lots = list(Lot.objects.for_rows())
    with django_assert_max_num_queries(4):
        assert all(obstacles_of(lots, TODAY).values())
