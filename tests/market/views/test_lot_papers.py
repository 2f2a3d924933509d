"""What the page, the lists and the data of a lot say of its analyses and OCOP stars."""

from datetime import timedelta

from django.utils import timezone

import pytest

from catalogue.models import Marker
from tests.factories.catalogue import CompoundFactory, OcopProductFactory, ReferenceFactory
from tests.factories.market import AnalysisFactory, AnalysisResultFactory, LotFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def analysed(lot):
    """A lot with two reports, and four stars of its seller's for its species."""
    today = timezone.localdate()
    for number, days in (("PKN-OLD", 9), ("PKN-NEW", 2)):
        analysis = AnalysisFactory(
            lot=lot,
            number=number,
            accreditation="LAB-1",
            analysed_on=today - timedelta(days=days),
            loss_on_drying=100_000,
            results={"coumarin": 2_000},
        )
        AnalysisResultFactory(analysis=analysis, basis="as_is", value=27_000)
    ours = {"establishment": lot.seller.establishment, "species": lot.species}
    OcopProductFactory(**ours, stars=3)
    OcopProductFactory(**ours, stars=4)
    OcopProductFactory(**ours, stars=5, valid_until=today - timedelta(days=1))
    OcopProductFactory(establishment=lot.seller.establishment, stars=5)
    OcopProductFactory(species=lot.species, stars=5)
    return lot


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        (
            "vi",
            [
                "Phiếu PKN-NEW",
                "2,7 %",
                "= 3 %",
                "tính theo dược liệu nguyên trạng",
                "Tinh dầu",
                "chưa có giới hạn đối chiếu",
                "mất khối lượng do làm khô 10 %",
                "OCOP 4 sao",
            ],
        ),
        (
            "en",
            [
                "Report PKN-NEW",
                "2.7%",
                "= 3%",
                "on the drug as it is",
                "Essential oil",
                "no limit known",
                "loss on drying 10%",
                "OCOP 4 stars",
            ],
        ),
    ],
)
def test_the_page_of_a_lot_shows_its_analyses_and_stars(language, shown, client, analysed):
    page = client.get(f"/{language}/market/lots/{analysed.code}/").content.decode()
    page = page.replace("\u00a0", " ")

    for words in [*shown, "Phòng kiểm nghiệm Mẫu", "ISO/IEC 17025: LAB-1", "HPLC"]:
        assert words in page
    assert page.index("PKN-NEW") < page.index("PKN-OLD")
    assert "OCOP 5" not in page
    for list_of_lots in ("market/", f"market/sellers/{analysed.seller.slug}/"):
        assert shown[-1] in client.get(f"/{language}/{list_of_lots}").content.decode()


def test_a_result_that_misses_its_limit_is_said_to(client, analysed):
    Marker.objects.create(
        species=analysed.species,
        part=analysed.part,
        compound=CompoundFactory(),
        source=ReferenceFactory(),
        bound="min",
        limit="3.5",
        unit="%",
        basis="dried",
        edition="Dược điển mẫu V",
    )

    page = client.get(f"/vi/market/lots/{analysed.code}/").content.decode()

    for words in ("3,5 % tính theo dược liệu khô kiệt", "Dược điển mẫu V", "không đạt"):
        assert words in page


def test_a_lot_without_a_report_says_so(client, lot):
    page = client.get(f"/en/market/lots/{lot.code}/").content.decode()

    assert "No laboratory&#x27;s report" in page or "No laboratory's report" in page
    assert "OCOP" not in page


def test_the_data_of_a_lot_say_its_analyses_and_stars(client, analysed):
    record = client.get(f"/api/v1/lots/{analysed.code}", headers={"accept-language": "en"}).json()

    assert (record["ocop_stars"], len(record["analyses"])) == (4, 2)
    newest = record["analyses"][0]
    assert (newest["number"], newest["loss_on_drying_ppm"]) == ("PKN-NEW", 100_000)
    assert newest["results"] == [
        {
            "compound": {"code": "coumarin", "label": "coumarin"},
            "ppm": 2_000,
            "basis": "dried",
            "dried_ppm": 2_000,
            "method": "HPLC",
        },
        {
            "compound": {"code": "essential-oil", "label": "essential oil"},
            "ppm": 27_000,
            "basis": "as_is",
            "dried_ppm": 30_000,
            "method": "HPLC",
        },
    ]


@pytest.mark.parametrize(
    "address", ["/vi/market/lots/{}/", "/api/v1/lots/{}", "/api/v1/lots", "/vi/market/"]
)
def test_many_analyses_cost_no_more_questions_than_one(
    address, client, analysed, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(15) as few:
        client.get(address.format(analysed.code))
    for _ in range(3):
        AnalysisFactory(lot=analysed, results={"coumarin": 1_000, "essential-oil": 31_000})
        other = LotFactory(species=analysed.species, seller=analysed.seller)
        AnalysisFactory(lot=other, results={"curcumin": 30_000})

    with django_assert_num_queries(len(few)):
        client.get(address.format(analysed.code))
