"""Browsing the collection: filters and facets."""

import pytest

from catalogue import browse
from catalogue.models import Family, FamilyLabel, Part, PartLabel, Species
from tests.factories.catalogue import FamilyFactory, PartFactory, ProvinceFactory, SpeciesFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def collection():
    """Four species: two families, three parts, two provinces."""
    bark, root, leaf = (PartFactory(code=code) for code in ("bark", "root", "leaf"))
    laurels, gingers = FamilyFactory(name="Lauraceae"), FamilyFactory(name="Zingiberaceae")
    lao_cai, lang_son = ProvinceFactory(), ProvinceFactory(code="20", name="Lạng Sơn")
    SpeciesFactory(slug="que", vie="Quế", family=laurels, parts=[bark, leaf], provinces=[lao_cai])
    SpeciesFactory(slug="mang-tang", vie="Màng tang", family=laurels, parts=[root])
    SpeciesFactory(slug="gung", vie="Gừng", family=gingers, parts=[root], provinces=[lang_son])
    SpeciesFactory(
        slug="nghe", vie="Nghệ", family=gingers, parts=[root, leaf], provinces=[lao_cai, lang_son]
    )
    SpeciesFactory(slug="an", vie="Ẩn", family=gingers, parts=[root], live=False)


def slugs(queryset):
    return [species.slug for species in queryset.order_by("slug")]


@pytest.mark.parametrize(
    ("_case", "cleaned", "found"),
    [
        ("nothing", {}, ["gung", "mang-tang", "nghe", "que"]),
        ("a family", {"family": ["lauraceae"]}, ["mang-tang", "que"]),
        ("a part", {"part": ["leaf"]}, ["nghe", "que"]),
        ("two parts widen", {"part": ["leaf", "root"]}, ["gung", "mang-tang", "nghe", "que"]),
        ("two facets narrow", {"family": ["zingiberaceae"], "part": ["leaf"]}, ["nghe"]),
        ("two provinces show a species once", {"province": ["15", "20"]}, ["gung", "nghe", "que"]),
        ("an unknown code finds nothing", {"family": ["no-such"]}, []),
        ("a name without accents", {"q": "mang tang"}, ["mang-tang"]),
        ("a name with accents", {"q": "Gừng"}, ["gung"]),
        ("a part of a name", {"q": "gh"}, ["nghe"]),
        ("the English name", {"q": "herb que"}, ["que"]),
        ("text and facet", {"q": "ng", "family": ["lauraceae"]}, ["mang-tang"]),
        ("a sign of the pattern language", {"q": "%"}, []),
    ],
)
def test_narrowed(collection, _case, cleaned, found):
    assert slugs(browse.narrowed(Species.objects.visible_to(None), cleaned)) == found


def counts(rf, cleaned, query=""):
    built = browse.facets(rf.get(f"/vi/species/{query}"), Species.objects.visible_to(None), cleaned)
    return {facet.name: {c.value: c.count for c in facet.choices} for facet in built}


def test_counts_without_a_choice(rf, collection):
    assert counts(rf, {}) == {
        "family": {"lauraceae": 2, "zingiberaceae": 2},
        "part": {"bark": 1, "root": 3, "leaf": 2},
        "group": {},
        "province": {"15": 2, "20": 2},
    }


def test_a_choice_narrows_the_other_facets_and_not_its_own(rf, collection):
    assert counts(rf, {"family": ["lauraceae"]}, "?family=lauraceae") == {
        "family": {"lauraceae": 2, "zingiberaceae": 2},
        "part": {"bark": 1, "root": 1, "leaf": 1},
        "group": {},
        "province": {"15": 1},
    }


def test_two_choices_narrow_each_other(rf, collection):
    found = counts(rf, {"family": ["lauraceae"], "part": ["leaf"]})
    assert found["family"] == {"lauraceae": 1, "zingiberaceae": 1}
    assert found["part"] == {"bark": 1, "root": 1, "leaf": 1}


def test_a_picked_value_stays_at_zero(rf, collection):
    found = counts(rf, {"part": ["bark"], "province": ["20"]})
    assert found["part"] == {"bark": 0, "root": 2, "leaf": 1}
    assert found["province"] == {"20": 0, "15": 1}


def test_a_count_is_what_choosing_it_finds(client, collection):
    page = client.get("/vi/species/?province=15")
    for facet in page.context["facets"]:
        for choice in facet.choices:
            if not choice.selected and facet.name != "province":
                assert client.get(choice.url).context["total"] == choice.count, choice


def test_labels_are_in_the_language_of_the_reader(client, collection):
    family = Family.objects.get(code="lauraceae")
    FamilyLabel.objects.create(term=family, language="vi", text="họ Long não")
    FamilyLabel.objects.create(term=family, language="en", text="laurel family")
    Part.objects.create(code="unlabelled")

    def labels(language):
        facets = client.get(f"/{language}/species/").context["facets"]
        return {c.value: c.label for facet in facets for c in facet.choices}

    assert labels("vi")["lauraceae"] == "Lauraceae · họ Long não"
    assert labels("en")["lauraceae"] == "Lauraceae · laurel family"
    assert labels("en")["15"] == "Lào Cai"


def test_a_term_in_one_language_is_shown_in_the_other(client, collection):
    PartLabel.objects.filter(term__code="bark", language="en").delete()
    facets = client.get("/en/species/").context["facets"]
    labels = {c.value: c.label for facet in facets for c in facet.choices}
    assert labels["bark"] == "vỏ thân"


def test_a_family_without_a_label_shows_its_scientific_name_alone(client, collection):
    facets = client.get("/vi/species/").context["facets"]
    labels = {c.value: c.label for facet in facets for c in facet.choices}
    assert labels["zingiberaceae"] == "Zingiberaceae"
