"""Every address of the demonstration answers in both languages, within its budget of queries."""

import json

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest

from catalogue.models import Certificate, GrowingArea, KnowledgeRecord, Species, StoryPage
from market.models import Lot, Seller

pytestmark = [pytest.mark.usefixtures("demonstration"), pytest.mark.django_db]

LANGUAGES = ("vi", "en")
BUDGET = 15


def public_addresses() -> list[str]:
    """Every public page of the demonstration, without its language."""
    addresses = [
        "/",
        "/gioi-thieu/",
        "/species/",
        "/species/?family=lauraceae&part=bark",
        "/species/key/",
        "/species/key/?habit=tree&scent=aromatic",
        "/species/compare/?s=que&s=hoi&s=o-dau&s=thien-mon-dong",
        "/species/?conservation=threatened&flowering=6&on_sale=yes&sort=family&view=list",
        "/species/a-z/",
        "/species/a-z/?letter=t",
        "/species/a-z/?names=scientific&letter=c",
        "/species/tree/",
        "/species/tree/?family=lauraceae",
        "/glossary/",
        "/glossary/?q=than re",
        "/registers/certificates/",
        "/registers/certificates/?state=due",
        "/registers/certificates/?standard=organic&state=valid&province=15&sort=expiring",
        "/registers/areas/",
        "/registers/areas/?state=suspended&species=que",
        "/registers/areas/map.json",
        "/registers/areas/outlines.json?west=103&south=22&east=104&north=23",
        "/registers/areas.geojson",
        "/registers/certificates.csv",
        "/registers/statistics/",
        "/registers/statistics/?province=15",
        "/registers/statistics/species.csv",
        "/market/",
        "/market/?species=que&certified=on&sort=price",
        "/search/?q=que van yen",
        "/search/?q=",
        "/account/login/",
        "/account/signup/",
    ]
    addresses += [f"/species/{s.slug}/" for s in Species.objects.visible_to(None)]
    addresses += [f"/market/lots/{lot.code}/" for lot in Lot.objects.visible_to(None)]
    addresses += [f"/market/sellers/{s.slug}/" for s in Seller.objects.visible_to(None)]
    addresses += [
        f"/registers/certificates/{c.number}/" for c in Certificate.objects.visible_to(None)
    ]
    addresses += [f"/registers/areas/{a.code}/" for a in GrowingArea.objects.visible_to(None)]
    return addresses


def api_addresses() -> list[str]:
    addresses = [
        "/api/v1/species",
        "/api/v1/species?q=que&family=lauraceae",
        "/api/v1/lots",
        "/api/v1/lots?certified=true&species=que",
        "/api/v1/certificates",
        "/api/v1/areas",
        "/api/v1/search?q=duong quy",
        "/api/v1/search?q=que&kind=lots",
        "/api/v1/suggest?q=thao",
        "/api/v1/openapi.json",
        "/api/v1/docs",
        "/healthz",
        "/readyz",
    ]
    addresses += [f"/api/v1/species/{s.slug}" for s in Species.objects.visible_to(None)]
    addresses += [f"/api/v1/lots/{lot.code}" for lot in Lot.objects.visible_to(None)]
    return addresses


def wrong_answers(client: Client, addresses: list[str], **headers: str) -> list[tuple]:
    """Return the addresses that do not answer 200, or that ask more than the budget."""
    wrong = []
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address, headers=headers)
        if answer.status_code != 200 or len(asked) > BUDGET:
            wrong.append((address, answer.status_code, len(asked)))
    return wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_answers_within_its_budget(client, language):
    addresses = [f"/{language}{address}" for address in public_addresses()]
    assert len(addresses) > 170
    client.get(f"/{language}/")  # Wagtail keeps the addresses of its sites in the cache
    assert wrong_answers(client, addresses) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_api_address_answers_within_its_budget(client, language):
    assert wrong_answers(client, api_addresses(), accept_language=language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_in_its_language_and_names_the_other(client, language):
    page = client.get(f"/{language}/species/que/").content.decode()
    other = {"vi": "en", "en": "vi"}[language]
    assert f'<html lang="{language}"' in page
    assert f'hreflang="{other}"' in page
    assert f"/{other}/species/que/" in page


def test_the_collection_is_as_large_as_it_was_asked_to_be(client):
    body = client.get("/api/v1/species?limit=1").json()
    assert body["count"] >= 60
    assert len(body["items"]) == 1
    assert Seller.objects.count() >= 8
    assert set(Seller.objects.values_list("establishment__kind", flat=True)) == {
        "company",
        "cooperative",
        "household_group",
        "research_station",
    }
    assert Certificate.objects.count() >= 20
    assert GrowingArea.objects.count() >= 40
    assert Lot.objects.count() >= 60
    assert Lot.objects.values("species").distinct().count() >= 20
    states = {certificate.state for certificate in Certificate.objects.all()}
    assert {"valid", "due", "expired", "suspended", "withdrawn"} <= states


def test_every_species_says_enough_in_both_languages():
    for species in Species.objects.prefetch_related("texts", "references", "names"):
        assert species.is_demonstration
        assert species.references.count() >= 1, species
        texts = {text.language: text for text in species.texts.all()}
        for language in LANGUAGES:
            assert len(texts[language].description.split()) >= 60, (species, language)
        assert any(name.language == "vie" for name in species.names.all()), species


def test_the_name_typed_without_accents_finds_the_herb_and_its_lots(client):
    page = client.get("/api/v1/search?q=que van yen").json()
    assert page["items"][0]["id"] == "que"
    record = client.get("/vi/species/que/").content.decode()
    on_sale = Lot.objects.sellable().filter(species__slug="que")
    assert sum(lot.code in record or lot.get_absolute_url() in record for lot in on_sale) >= 4


def test_knowledge_without_consent_or_for_members_is_shown_to_nobody_outside(client):
    hidden = KnowledgeRecord.objects.exclude(
        pk__in=KnowledgeRecord.objects.visible_to(None).values("pk")
    )
    assert {record.code for record in hidden} == {"thao-qua-noi-bo", "gung-da-rut"}
    for record in hidden:
        words = record.texts.get(language="vi").body
        for address in (
            f"/vi/species/{record.species.slug}/",
            f"/api/v1/species/{record.species.slug}",
        ):
            answer = client.get(address).content.decode()
            assert words not in answer
            assert json.dumps(words)[1:-1] not in answer


def test_loading_again_adds_nothing(capsys):
    from catalogue.services.loading import load_collection
    from market.services.loading import load_market

    assert {added for _name, added in load_collection()} == {0}
    assert {added for _name, added in load_market()} == {0}


def test_stories_exist_in_both_languages():
    assert set(StoryPage.objects.values_list("locale__language_code", flat=True)) == {"vi", "en"}
