"""Land is counted once, and is certified while a certificate proves something of it."""

import csv
import io

import pytest

from catalogue.registers.statistics import statistics
from tests.factories.catalogue import (
    CertificateFactory,
    CommuneFactory,
    GrowingAreaFactory,
    ProvinceFactory,
    SpeciesFactory,
)

pytestmark = pytest.mark.django_db

HA = 10_000


@pytest.fixture
def land():
    """Ten hectares in one province, five of them certified twice, and three in another."""
    far = CommuneFactory(code="06253", province=ProvinceFactory(code="20", name="Lạng Sơn"))
    cassia, anise = SpeciesFactory(slug="que", vie="Quế"), SpeciesFactory(slug="hoi", vie="Hồi")
    both = GrowingAreaFactory(code="A", area_m2=5 * HA, species=[cassia, anise])
    GrowingAreaFactory(code="B", area_m2=5 * HA, species=[cassia])
    away = GrowingAreaFactory(code="C", area_m2=3 * HA, species=[anise], commune=far)
    stopped = GrowingAreaFactory(code="D", area_m2=90 * HA, species=[cassia], decision="suspended")
    for standard in ("gacp_who", "organic", "organic"):
        CertificateFactory(standard=standard, species=[cassia], areas=[both, stopped])
    CertificateFactory(standard="fsc", species=[anise], areas=[away], decision="withdrawn")
    CertificateFactory(standard="gmp", species=[cassia])


def read(lines):
    return {line.code: (line.land_m2 // HA, line.certified_m2 // HA) for line in lines}


def test_land_is_counted_once_in_totals_and_for_each_species(land):
    found = statistics()
    assert (found.total.land_m2, found.total.certified_m2) == (13 * HA, 5 * HA)
    assert f"{found.total.share:.2f}" == "38.46"
    assert read(found.species) == {"que": (10, 5), "hoi": (8, 0)}
    assert read(found.provinces) == {"15": (10, 5), "20": (3, 0)}
    assert read(found.standards) == {"gacp_who": (13, 5), "organic": (13, 5)}


def test_one_province_is_counted_by_itself(land):
    found = statistics("20")
    assert (found.total.land_m2, found.total.certified_m2) == (3 * HA, 0)
    assert read(found.species) == {"hoi": (3, 0)}
    assert found.standards == []


def test_the_page_shows_the_numbers_in_few_queries(client, land, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        page = client.get("/vi/registers/statistics/")
    text = " ".join(page.content.decode().split())
    assert "Hôm nay 5 trên 13 ha vùng trồng có mã số đang hoạt động được chứng nhận: 38,5%." in text
    assert 'width="50.0"' in text
    narrowed = " ".join(
        client.get("/en/registers/statistics/?province=20").content.decode().split()
    )
    assert "0 of 3 ha in active coded growing areas are certified today: 0.0%." in narrowed


def test_without_land_the_page_says_what_to_do(client):
    assert "Chưa có vùng trồng" in client.get("/vi/registers/statistics/").content.decode()


@pytest.mark.parametrize("query", ["province=99", "province=x", "province=20&province=15"])
def test_a_province_that_has_no_land_is_no_choice(client, land, query):
    status = 200 if query.count("province") == 2 else 400
    assert client.get(f"/vi/registers/statistics/?{query}").status_code == status
    assert client.get(f"/vi/registers/statistics/species.csv?{query}").status_code == status


def test_a_table_is_a_file(client, land):
    text = client.get("/vi/registers/statistics/species.csv").content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [
        ["code", "label", "hectares", "certified_hectares", "share_percent"],
        ["que", "Quế", "10.0000", "5.0000", "50.0"],
        ["hoi", "Hồi", "8.0000", "0.0000", "0.0"],
    ]
    assert client.get("/vi/registers/statistics/burnt.csv").status_code == 404
