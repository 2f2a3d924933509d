"""Assays and stars in the index, on the page, in the API and in saved searches."""

from django.contrib.auth.models import Group

import pytest

from catalogue.models import OcopProduct
from catalogue.services import ocop
from core import roles
from herbarium.setup import set_up
from market.models import Analysis
from market.services import analyses
from search import indexing, saved
from search.models import SavedSearch
from tests.factories.catalogue import OcopProductFactory
from tests.factories.market import AnalysisFactory
from tests.factories.people import PersonFactory


@pytest.fixture
def lot(add_species, add_lot):
    """A lot of cassia that nobody has analysed, in an index that is built."""
    lot = add_lot(add_species("Cinnamomum cassia", "Quế"), "QUE-1")
    indexing.rebuild()
    return lot


FOUND = [("lots", "QUE-1")]


def test_an_analysis_is_found_changed_and_forgotten(lot, found):
    analysis = AnalysisFactory(lot=lot, results={"essential-oil": 31_000})
    analyses.announce(analysis)
    assert (found(assay="essential-oil:3"), found("tinh dầu >3,2%")) == (FOUND, [])

    analysis.results.update(value=32_000)
    analyses.announce(analysis)
    assert found("tinh dầu >3,2%") == FOUND
    assert list(indexing.differences()) == []

    Analysis.objects.get().delete()
    assert found(assay="essential-oil:0.1") == []
    assert list(indexing.differences()) == []


def test_stars_are_found_changed_and_forgotten(lot, found):
    product = OcopProductFactory(
        establishment=lot.seller.establishment, species=lot.species, stars=3
    )
    ocop.announce(product)
    assert found(ocop="3") == FOUND

    OcopProduct.objects.update(stars=5)
    ocop.announce(product)
    assert (found(ocop="3"), found(ocop="5")) == ([], FOUND)

    product.delete()
    assert found(ocop="5") == []
    assert list(indexing.differences()) == []


def test_deleting_by_hand_reaches_the_index(lot, found, client):
    analysis = AnalysisFactory(lot=lot, results={"essential-oil": 31_000})
    product = OcopProductFactory(establishment=lot.seller.establishment, species=lot.species)
    indexing.rebuild()
    set_up()
    person = PersonFactory()
    person.groups.add(Group.objects.get(name=roles.MARKET_STAFF))
    client.force_login(person)

    for record in (analysis, product):
        url = f"/admin/snippets/{record._meta.app_label}/{record._meta.model_name}/delete/"
        assert client.post(f"{url}{record.pk}/").status_code == 302

    assert found(assay="essential-oil:3") == []
    assert found(ocop="4") == []


@pytest.fixture
def analysed(lot, add_lot):
    """Three lots: two with much oil and one with little, one of them with coumarin too."""
    AnalysisFactory(lot=lot, results={"essential-oil": 31_000, "coumarin": 2_500})
    for code, ppm in (("QUE-2", 35_000), ("QUE-3", 6_000)):
        AnalysisFactory(lot=add_lot(lot.species, code), results={"essential-oil": ppm})
    ours = {"establishment": lot.seller.establishment, "species": lot.species}
    OcopProductFactory(**ours, stars=4)
    indexing.rebuild()


def facets_of(answer):
    return {facet.name: facet for facet in answer.context["facets"]}


@pytest.mark.parametrize(
    ("language", "assays", "stars"),
    [
        (
            "vi",
            ["Tinh dầu ≥ 0,5 %", "Tinh dầu ≥ 3 %", "Coumarin ≥ 0,1 %"],
            ["OCOP 4 sao"],
        ),
        (
            "en",
            ["Essential oil ≥ 0.5%", "Essential oil ≥ 3%", "Coumarin ≥ 0.1%"],
            ["OCOP 4 stars"],
        ),
    ],
)
def test_the_page_offers_what_tells_lots_apart(language, assays, stars, client, analysed):
    """Of two shares that the same lots hold the higher one is offered."""
    answer = client.get(f"/{language}/search/", {"q": "", "kind": "lots"})

    labels = {
        name: [choice.label.replace("\u00a0", " ") for choice in facet.choices]
        for name, facet in facets_of(answer).items()
    }
    assert (labels["assay"], labels["ocop"]) == (assays, stars)
    assert [choice.count for choice in facets_of(answer)["assay"].choices] == [3, 2, 1]


def test_a_picked_assay_stays_first_and_says_what_it_asks(client, analysed):
    query = {"kind": "lots", "assay": ["essential-oil:1", "x:NaN"], "sort": "assay"}
    answer = client.get("/vi/search/", query)

    assert [hit.record.code for hit in answer.context["results"]] == ["QUE-2", "QUE-1"]
    chosen = [choice.value for choice in facets_of(answer)["assay"].choices if choice.selected]
    assert facets_of(answer)["assay"].choices[0].value in chosen
    assert set(chosen) == {"essential-oil:1", "x:NaN"}
    removals = {one["label"].replace("\u00a0", " ") for one in answer.context["selected"]}
    assert removals >= {"Tinh dầu ≥ 1 %", "x:NaN"}
    assert 'name="assay" value="essential-oil:1"' in answer.content.decode()


@pytest.mark.parametrize("value", ["essential oil:3", "a/b:3", "%3Cb%3E", "x" * 81])
def test_what_is_no_assay_is_refused(value, client, analysed):
    assert client.get("/vi/search/", {"assay": value}).status_code == 400
    assert client.get("/api/v1/search", {"assay": value}).status_code in (400, 422)


def test_machines_narrow_and_order_by_assay(client, analysed):
    query = {"kind": "lots", "assay": "essential-oil:3", "ocop": "4", "sort": "assay"}
    answer = client.get("/api/v1/search", query, headers={"accept-language": "en"}).json()

    assert [item["id"] for item in answer["items"]] == ["QUE-2", "QUE-1"]
    shares = {value["value"]: value for value in answer["facets"]["assay"]}
    assert shares["essential-oil:3"] == {
        "value": "essential-oil:3",
        "label": "Essential oil ≥ 3%",
        "count": 2,
        "selected": True,
    }
    assert answer["facets"]["ocop"] == [
        {"value": "4", "label": "OCOP 4 stars", "count": 2, "selected": True}
    ]


def test_a_saved_search_keeps_assay_stars_and_order(analysed):
    query = "assay=essential-oil%3A3&kind=lots&ocop=4&sort=assay"
    kept, _new = saved.save(
        person=PersonFactory(),
        query=query,
        language="vi",
        frequency=SavedSearch.Frequency.AT_ONCE,
    )

    assert kept.name.replace("\u00a0", " ") == "Lô đang bán · Tinh dầu ≥ 3 % · OCOP 4 sao"
    assert kept.wants_alerts
    assert set(kept.query.split("&")) == set(query.split("&"))


def test_a_share_in_words_costs_one_question_more(
    client, analysed, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_max_num_queries(14) as plain:
        client.get("/vi/search/", {"q": "quế", "kind": "lots"})
    with django_assert_num_queries(len(plain) + 1):
        client.get("/vi/search/", {"q": "quế tinh dầu >3%", "kind": "lots"})
