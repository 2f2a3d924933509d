"""Counts of every facet, and what a choice does to the others."""

from django.utils import timezone

import pytest

from catalogue.models import ConservationStatus, Reference, Season
from market.models import Lot
from search.engines import get_engine
from search.engines.base import Bucket, SearchQuery


@pytest.fixture
def collection(add_species, add_lot, rebuild):
    cassia = add_species("Cinnamomum cassia", "Quế", groups=["export"], parts=["bark", "leaf"])
    add_species("Litsea cubeba", "Màng tang", parts=["fruit"], provinces=["15", "08"])
    add_species("Mentha arvensis", "Bạc hà", family="Lamiaceae", parts=["leaf"])
    add_lot(cassia, "QUE-1", commune="00003")
    rebuild()


def test_every_facet_is_counted(collection, counts):
    today = timezone.localdate()
    assert {name: values for name, values in counts().items() if values} == {
        "kind": {"species": 3, "lots": 1, "sellers": 1},
        "family": {"lauraceae": 3, "lamiaceae": 1},
        "part": {"bark": 2, "leaf": 2, "fruit": 1},
        "group": {"export": 2},
        "province": {"15": 4, "08": 2},
        "commune": {"00003": 1},
        "on_sale": {"yes": 2},
        "species": {"que": 2, "mang-tang": 1, "bac-ha": 1},
        "form": {"dried_cut": 1},
        "seller": {"cooperative": 2},
        "price": {"50000-100000": 1},
        "harvested": {f"{today:%Y-%m}": 1},
    }


def test_a_species_is_counted_by_lists_months_and_certificates(
    add_species, add_certificate, rebuild, counts
):
    cassia = add_species("Cinnamomum cassia", "Quế")
    add_certificate(cassia)
    book = Reference.objects.get(code="book")
    Season.objects.create(
        species=cassia, kind=Season.Kind.HARVEST, first_month=11, last_month=1, source=book
    )
    ConservationStatus.objects.create(
        species=cassia, authority="iucn", edition="2023-1", category="EN", year=2023, source=book
    )
    rebuild()

    counted = counts()

    assert counted["harvest"] == {"11": 1, "12": 1, "1": 1}
    assert counted["certificate"] == {"gacp_who": 1}
    assert counted["conservation"] == {"iucn-EN": 1, "threatened": 1}


def test_a_weight_is_at_least_every_smaller_one(collection, add_lot, rebuild, counts, found):
    Lot.objects.update(listed_grams=120_000, available_grams=120_000)
    rebuild()

    assert counts(kind="lots")["kg"] == {"10": 1, "50": 1, "100": 1}
    assert found(kg="100") == [("lots", "QUE-1")]
    assert found(kg="500") == []


def test_a_choice_narrows_the_other_facets_and_not_its_own(collection, counts, found):
    narrowed = counts(family="lamiaceae")

    assert found(family="lamiaceae") == [("species", "bac-ha")]
    assert narrowed["family"] == {"lauraceae": 3, "lamiaceae": 1}
    assert narrowed["part"] == {"leaf": 1}
    assert narrowed["kind"] == {"species": 1}


def test_values_of_one_facet_widen_and_facets_narrow_each_other(collection, found):
    assert set(found(part=["fruit", "leaf"], kind="species")) == {
        ("species", "que"),
        ("species", "mang-tang"),
        ("species", "bac-ha"),
    }
    assert found(part="leaf", province="15", family="lauraceae") == [("species", "que")]


def test_a_picked_value_stays_visible_at_zero(collection):
    query = SearchQuery(
        text="quế", language="vi", filters={"family": ("lamiaceae",), "part": ("nothing",)}
    )

    facets = get_engine().search(query).facets

    assert Bucket("lamiaceae", 0, True) in facets["family"]
    assert facets["part"] == (Bucket("nothing", 0, True),)


def test_narrowing_never_changes_what_the_words_mean(collection, found):
    """A lot of "Quế" is no answer to "bạc hà", even where only lots are asked for."""
    assert found("bạc hà", kind="lots") == []


def test_lots_grow_where_their_areas_are(collection, found):
    assert found(kind="lots", province="08") == [("lots", "QUE-1")]
    assert found(kind="lots", province="15") == []


def test_certified_is_what_a_valid_certificate_covers(
    add_species, add_lot, add_certificate, rebuild, found
):
    cassia = add_species("Cinnamomum cassia", "Quế")
    add_species("Mentha arvensis", "Bạc hà")
    add_lot(cassia, "QUE-1", certificates=[add_certificate(cassia)])
    add_lot(cassia, "QUE-2")
    rebuild()

    assert set(found(certified=True)) == {("species", "que"), ("lots", "QUE-1")}
