"""What search engines are told."""

import pytest
from lxml import etree

from catalogue.models import Species
from herbarium import sitemaps
from herbarium.setup import set_up
from market.models import Lot
from tests.factories.catalogue import CertificateFactory, SpeciesFactory
from tests.factories.market import LotFactory

pytestmark = pytest.mark.django_db

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


@pytest.fixture
def listed(client):
    """Fetch a list; return {address: {language: address}}, as the list says it."""

    def fetch(name):
        response = client.get(name)
        assert response.status_code == 200
        assert response["Content-Type"] == "application/xml; charset=utf-8"
        root = etree.fromstring(response.getvalue())
        return {
            url.find("s:loc", NAMES).text: {
                link.get("hreflang"): link.get("href") for link in url.iterfind("x:link", NAMES)
            }
            for url in root.iterfind("s:url", NAMES)
        }

    return fetch


def members(client):
    root = etree.fromstring(client.get("/sitemap.xml").content)
    return [loc.text for loc in root.iterfind("s:sitemap/s:loc", NAMES)]


def test_a_species_stands_there_in_every_language_and_without_one(listed):
    SpeciesFactory(slug="que")
    SpeciesFactory(slug="ban-nhap", live=False)
    every = {
        "vi": "http://testserver/vi/species/que/",
        "en": "http://testserver/en/species/que/",
        "x-default": "http://testserver/species/que/",
    }
    assert listed("/sitemap-species-0.xml") == {every["vi"]: every, every["en"]: every}


def test_the_address_without_a_language_leads_to_the_readers(client):
    SpeciesFactory(slug="que")
    response = client.get("/species/que/", headers={"accept-language": "en"})
    assert (response.status_code, response["Location"]) == (302, "/en/species/que/")


def test_the_index_names_only_lists_that_hold_something(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "BLOCK", 10)
    for pk in (9, 10, 35):
        SpeciesFactory(pk=pk)
    SpeciesFactory(pk=47, live=False)
    found = [address for address in members(client) if "species" in address]
    assert found == [f"http://testserver/sitemap-species-{n}.xml" for n in (0, 1, 3)]
    assert client.get("/sitemap-species-2.xml").status_code == 404
    assert client.get("/sitemap-species-4.xml").status_code == 404


def test_every_record_stands_in_the_block_of_its_key(listed, monkeypatch):
    monkeypatch.setattr(sitemaps, "BLOCK", 10)
    for pk in (9, 10, 11):
        SpeciesFactory(pk=pk, slug=f"loai-{pk}")
    assert list(listed("/sitemap-species-1.xml"))[::2] == [
        "http://testserver/vi/species/loai-10/",
        "http://testserver/vi/species/loai-11/",
    ]


def test_only_lots_on_sale_and_certificates_that_are_public_stand_there(client, listed):
    lot = LotFactory()
    LotFactory(state=Lot.State.DRAFT)
    CertificateFactory(number="SỐ 1", decision="accepted")
    CertificateFactory(number="NHAP", decision="draft")
    lots = listed("/sitemap-lots-0.xml")
    assert set(lots) == {
        f"http://testserver/{language}/market/lots/{lot.code}/" for language in ("vi", "en")
    }
    certificates = listed("/sitemap-certificates-0.xml")
    assert "http://testserver/vi/registers/certificates/S%E1%BB%90%201/" in certificates
    assert not [address for address in certificates if "NHAP" in address]


def test_pages_know_their_translations(listed):
    set_up()
    pages = listed("/sitemap-pages-0.xml")
    assert pages["http://testserver/vi/"] == {
        "vi": "http://testserver/vi/",
        "en": "http://testserver/en/",
        "x-default": "http://testserver/",
    }
    assert "http://testserver/en/species/" in pages
    assert "http://testserver/vi/market/" in pages


@pytest.mark.parametrize(
    "address",
    [
        "/sitemap-pages-1.xml",
        "/sitemap-people-0.xml",
        f"/sitemap-species-{'9' * 30}.xml",
        "/sitemap-species-.xml",
    ],
)
def test_a_list_that_is_none_is_not_there(client, address):
    assert client.get(address).status_code == 404


def test_a_list_is_written_in_a_fixed_number_of_queries(client, django_assert_num_queries):
    for _one in range(20):
        SpeciesFactory()
    with django_assert_num_queries(1):
        client.get("/sitemap-species-0.xml").getvalue()
    assert Species.objects.count() == 20


def test_crawlers_are_told_where_the_list_is(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain"
    lines = response.content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"
