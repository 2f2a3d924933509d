"""What laboratories found and which stars a seller has: facets, an order, and plain words."""

from datetime import timedelta

from django.utils import timezone

import pytest

from catalogue.models import Certificate
from search.engines import get_engine
from search.engines.base import SearchQuery
from tests.factories.catalogue import OcopProductFactory
from tests.factories.market import AnalysisFactory

# Lots by their essential oil in parts per million; one more has no analysis.
OIL = {"QUE-28": 28_000, "QUE-29": 29_999, "QUE-30": 30_000, "QUE-31": 31_000, "QUE-99": 99_000}


@pytest.fixture
def cassia(add_species):
    return add_species("Cinnamomum cassia", "Quế", ("Cinnamon", "eng"))


@pytest.fixture
def lots(cassia, add_lot, rebuild):
    for code, ppm in OIL.items():
        AnalysisFactory(lot=add_lot(cassia, code), results={"essential-oil": ppm})
    AnalysisFactory(lot=add_lot(cassia, "QUE-CIN"), results={"cinnamaldehyde": 850_000})
    add_lot(cassia, "QUE-0")
    rebuild()


def codes(text="", **asked):
    query = SearchQuery(text=text, language="vi", **asked)
    return [hit.id for hit in get_engine().search(query).hits]


def test_an_assay_is_at_least_every_smaller_one(lots, counts, found):
    assert counts(kind="lots")["assay"] == {
        **dict.fromkeys([f"essential-oil:{share}" for share in ("0.1", "0.5", "1", "2")], 5),
        "essential-oil:3": 3,
        "essential-oil:5": 1,
        **{
            f"cinnamaldehyde:{share}": 1 for share in ("0.1", "0.5", "1", "2", "3", "5", "10", "50")
        },
    }
    assert {pk for _kind, pk in found(assay="essential-oil:3")} == {"QUE-30", "QUE-31", "QUE-99"}
    assert found(assay="essential-oil:10") == []


def test_the_strongest_come_first_and_what_nobody_analysed_last(lots):
    strongest = ["QUE-CIN", "QUE-99", "QUE-31", "QUE-30", "QUE-29", "QUE-28", "QUE-0"]

    assert codes("quế", sort="assay", filters={"kind": ("lots",)}) == strongest


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("quế >3% oil", 30_000),
        ("que tinh dau tren 3%", 30_000),
        ("quế tinh dầu ≥ 2,9999 %", 29_999),
        ("quế ≥3,0001% tinh dầu", 30_001),
        ("quế tinh dầu 2,8% trở lên", 28_000),
        ("≥ 3.1% essential oil", 31_000),
        ("tinh dầu trên 10%", 100_000),
        ("at least 0.0001% oil", 1),
    ],
)
def test_a_share_in_words_keeps_exactly_the_lots_that_hold_it(text, least, lots):
    assert set(codes(text)) == {code for code, ppm in OIL.items() if ppm >= least}


def test_a_share_of_another_compound_is_another_question(lots):
    assert codes(">3% cinnamaldehyde") == ["QUE-CIN"]
    assert codes("quế >3% cinnamaldehyde tinh dầu >3%") == []


def test_a_share_of_nothing_we_know_narrows_nothing(lots):
    assert set(codes("quế >3%")) == {"que", "QUE-CIN", "QUE-0", *OIL}
    assert set(codes("quế tinh dầu <3%")) >= {"QUE-28", "QUE-99"}


def test_stars_are_the_most_that_count_today(cassia, add_species, add_lot, rebuild, counts, found):
    lot = add_lot(cassia, "QUE-1")
    other = add_lot(add_species("Illicium verum", "Hồi"), "HOI-1")
    ours = {"establishment": lot.seller.establishment}
    for stars in (3, 4):
        OcopProductFactory(**ours, species=cassia, stars=stars)
    yesterday = timezone.localdate() - timedelta(days=1)
    OcopProductFactory(**ours, species=cassia, stars=5, valid_until=yesterday)
    OcopProductFactory(**ours, species=other.species, stars=3)
    OcopProductFactory(species=cassia, stars=5)
    rebuild()

    assert counts(kind="lots")["ocop"] == {"4": 1, "3": 1}
    assert found(ocop="4") == [("lots", "QUE-1")]
    assert set(found(ocop=["3", "5"])) == {("lots", "HOI-1")}


@pytest.fixture
def offers(cassia, add_lot, add_seller, add_certificate, rebuild):
    """Lots that a buyer's sentence fits but for one thing each; communes 00001 and 00002 lie in
    Lào Cai, which Yên Bái is part of.
    """
    seller = add_seller()
    organic = add_certificate(cassia, number="ORG-1", seller=seller)
    organic.standard = Certificate.Standard.ORGANIC
    organic.save()

    def offer(code, *, ppm, price=82_000, commune="00002", certificates=(organic,)):
        lot = add_lot(cassia, code, commune=commune, certificates=certificates)
        lot.price_minor_per_kg = price
        lot.save()
        if ppm:
            AnalysisFactory(lot=lot, results={"essential-oil": ppm})

    offer("QUE-FITS", ppm=34_000)
    offer("QUE-WEAK", ppm=29_999)
    offer("QUE-UNKNOWN", ppm=0)
    offer("QUE-DEAR", ppm=34_000, price=90_001)
    offer("QUE-PLAIN", ppm=34_000, certificates=())
    offer("QUE-ELSEWHERE", ppm=34_000, commune="00003")
    rebuild()


@pytest.mark.parametrize(
    "text",
    [
        "organic cinnamon >3% oil Yên Bái under 90k",
        "quế hữu cơ tinh dầu trên 3% Yên Bái dưới 90 nghìn",
    ],
)
def test_a_buyers_sentence_finds_the_lot_that_fits_and_none_too_weak_or_too_dear(text, offers):
    """What bears the herb's name joins in after it, as everywhere; figures are never bent."""
    fit, *others = codes(text)

    assert fit == "QUE-FITS"
    assert set(others) <= {"QUE-PLAIN", "QUE-ELSEWHERE"}
    assert codes(text, certified=True, filters={"province": ("15",)}) == ["QUE-FITS"]
