"""Browsing the collection: filters and facets."""

from datetime import date

import pytest

from catalogue import browse, views
from catalogue.models import (
    ConservationStatus,
    Distribution,
    Family,
    FamilyLabel,
    Part,
    PartLabel,
    Season,
    Species,
    SpeciesTrait,
)
from tests.factories.catalogue import (
    CertificateFactory,
    CommuneFactory,
    FamilyFactory,
    PartFactory,
    ProvinceFactory,
    ReferenceFactory,
    SpeciesFactory,
    TraitStateFactory,
)
from tests.factories.market import LotFactory

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
    """The counts of each facet that has any."""
    built = browse.facets(rf.get(f"/vi/species/{query}"), Species.objects.visible_to(None), cleaned)
    return {
        facet.name: {c.value: c.count for c in facet.choices} for facet in built if facet.choices
    }


def test_counts_without_a_choice(rf, collection):
    assert counts(rf, {}) == {
        "family": {"lauraceae": 2, "zingiberaceae": 2},
        "part": {"bark": 1, "root": 3, "leaf": 2},
        "province": {"15": 2, "20": 2},
    }


def test_a_choice_narrows_the_other_facets_and_not_its_own(rf, collection):
    assert counts(rf, {"family": ["lauraceae"]}, "?family=lauraceae") == {
        "family": {"lauraceae": 2, "zingiberaceae": 2},
        "genus": {"Exemplum": 2},
        "part": {"bark": 1, "root": 1, "leaf": 1},
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


def season(species, kind, first, last, **kwargs):
    return Season.objects.create(
        species=species,
        kind=kind,
        first_month=first,
        last_month=last,
        source=ReferenceFactory(),
        **kwargs,
    )


def listed(species, authority, category, edition):
    return ConservationStatus.objects.create(
        species=species,
        authority=authority,
        category=category,
        edition=edition,
        scope="national",
        source=ReferenceFactory(),
    )


@pytest.fixture
def facts(collection):
    """Facts of three of the species: a shrub that is listed, a herb, and a poisonous plant."""
    que, gung, nghe = (Species.objects.get(slug=slug) for slug in ("que", "gung", "nghe"))
    season(que, "flowering", 11, 2)
    season(gung, "flowering", 2, 3)
    # Two parts are harvested at the same time: it is one plant all the same.
    season(gung, "harvest", 8, 10, part=Part.objects.get(code="root"))
    season(gung, "harvest", 9, 10, part=Part.objects.get(code="leaf"))
    for species, habit in ((que, "shrub"), (gung, "herb"), (nghe, "herb")):
        SpeciesTrait.objects.create(species=species, state=TraitStateFactory(code=habit))
    other = TraitStateFactory(code="red", trait__code="fruit-colour")
    SpeciesTrait.objects.create(species=que, state=other)
    listed(que, "red_book", "EN", "2007")
    listed(que, "red_book", "EN", "2024")
    listed(gung, "iucn", "LC", "3.1")
    CertificateFactory(standard="gacp_who", species=[que, nghe])
    CertificateFactory(standard="gacp_who", species=[que])
    CertificateFactory(standard="organic", species=[gung], decision="suspended")
    Species.objects.filter(pk=nghe.pk).update(is_toxic=True)
    LotFactory(species=gung)
    LotFactory(species=gung)
    LotFactory(species=nghe, state="paused")


MONTHS_WITHOUT = dict.fromkeys([str(month) for month in range(1, 13)], 0)


@pytest.mark.parametrize(
    ("_case", "name", "found"),
    [
        ("over new year", "flowering", {"1": 1, "2": 2, "3": 1, "11": 1, "12": 1}),
        ("two parts in one month", "harvest", {"8": 1, "9": 1, "10": 1}),
    ],
)
def test_months_are_counted_by_species(rf, facts, _case, name, found):
    assert counts(rf, {})[name] == MONTHS_WITHOUT | found


@pytest.mark.parametrize(
    ("_case", "name", "found"),
    [
        ("the habit alone of all traits", "habit", {"shrub": 1, "herb": 2}),
        ("two editions are one listing", "conservation",
         {"red_book-EN": 1, "iucn-LC": 1, "threatened": 1}),
        ("valid certificates, each species once", "certificate", {"gacp_who": 2}),
        ("poisonous ones", "toxic", {"yes": 1}),
        ("what the market sells now", "on_sale", {"yes": 1}),
    ],
)  # fmt: skip
def test_facts_are_counted_by_species(rf, facts, _case, name, found):
    assert counts(rf, {})[name] == found


def test_a_month_narrows_the_other_facets_and_not_its_own(rf, facts):
    found = counts(rf, {"flowering": ["2"]}, "?flowering=2")
    assert found["flowering"] == MONTHS_WITHOUT | {"1": 1, "2": 2, "3": 1, "11": 1, "12": 1}
    assert found["habit"] == {"shrub": 1, "herb": 1}
    assert found["harvest"] == MONTHS_WITHOUT | {"8": 1, "9": 1, "10": 1}
    assert "toxic" not in found


def test_a_picked_month_stays_at_zero(rf, facts):
    found = counts(rf, {"fruiting": ["5"]}, "?fruiting=5")
    assert found["fruiting"] == MONTHS_WITHOUT


@pytest.mark.parametrize(
    ("_case", "cleaned", "found"),
    [
        ("a month over new year", {"flowering": ["12"]}, ["que"]),
        ("two months widen", {"flowering": ["3", "12"]}, ["gung", "que"]),
        ("flowering and harvest narrow", {"flowering": ["2"], "harvest": ["9"]}, ["gung"]),
        ("a habit", {"habit": ["herb"]}, ["gung", "nghe"]),
        ("an answer to another trait", {"habit": ["red"]}, []),
        ("a category of one list", {"conservation": ["red_book-EN"]}, ["que"]),
        ("the same category of another list", {"conservation": ["iucn-EN"]}, []),
        ("threatened or of least concern", {"conservation": ["threatened", "iucn-LC"]},
         ["gung", "que"]),
        ("a list without a category", {"conservation": ["red_book"]}, []),
        ("a valid certificate", {"certificate": ["gacp_who"]}, ["nghe", "que"]),
        ("a suspended certificate", {"certificate": ["organic"]}, []),
        ("poisonous", {"toxic": ["yes"]}, ["nghe"]),
        ("on sale", {"on_sale": ["yes"]}, ["gung"]),
        ("a genus", {"genus": ["Exemplum"]}, ["gung", "mang-tang", "nghe", "que"]),
        ("another genus", {"genus": ["Zingiber"]}, []),
    ],
)  # fmt: skip
def test_narrowed_by_facts(facts, _case, cleaned, found):
    assert slugs(browse.narrowed(Species.objects.visible_to(None), cleaned)) == found


def test_a_count_of_facts_is_what_choosing_it_finds(client, facts):
    page = client.get("/vi/species/")
    asked = {"flowering", "harvest", "habit", "conservation", "certificate", "toxic", "on_sale"}
    seen = set()
    for facet in page.context["facets"]:
        for choice in facet.choices:
            if facet.name in asked:
                assert client.get(choice.url).context["total"] == choice.count, choice
                seen.add(facet.name)
    assert seen == asked


def test_a_species_of_several_communes_is_counted_once_in_their_province(rf, collection):
    que = Species.objects.get(slug="que")
    for code in ("03006", "03007"):
        place = CommuneFactory(code=code)
        Distribution.objects.create(
            species=que, province=place.province, commune=place, source=ReferenceFactory()
        )
    assert counts(rf, {})["province"] == {"15": 2, "20": 2}


def test_genera_are_asked_for_within_a_family_alone(rf, collection):
    assert "genus" not in counts(rf, {})
    assert counts(rf, {"family": ["lauraceae"]})["genus"] == {"Exemplum": 2}
    assert counts(rf, {"genus": ["Zingiber"]})["genus"] == {"Zingiber": 0, "Exemplum": 4}


def test_words_of_lists_and_months(client, facts):
    facets = client.get("/en/species/").context["facets"]
    labels = {f.name: {c.value: c.label for c in f.choices} for f in facets}
    assert labels["conservation"]["red_book-EN"] == "Vietnam Red Data Book: EN, endangered"
    assert labels["flowering"]["2"] == "Feb"
    assert labels["certificate"] == {"gacp_who": "GACP-WHO"}


def test_this_month_is_offered_and_counted(client, facts, monkeypatch):
    february(monkeypatch)
    page = client.get("/en/species/")
    assert [(label, c.value, c.count) for label, c in page.context["in_season"]] == [
        ("Flowering", "2", 2)
    ]
    assert (page.context["total"], page.context["flowering"]) == (4, 2)
    assert "4 species, 2 in flower this month" in page.content.decode()
    assert client.get("/en/species/?part=bark").context["flowering"] == 1


def february(monkeypatch):
    monkeypatch.setattr(browse.timezone, "localdate", lambda: date(2026, 2, 10))


@pytest.fixture
def alike():
    """Seven species in two families, whose names and days of change are partly the same."""
    laurels, gingers = FamilyFactory(name="Lauraceae"), FamilyFactory(name="Zingiberaceae")
    for place, (slug, vie, family) in enumerate(
        [
            ("g", "Sả", gingers),
            ("f", "Sa", laurels),
            ("e", "Sá", gingers),
            ("d", "Ba kích", laurels),
            ("c", "Đỗ trọng", gingers),
            ("b", "Dâu", laurels),
            ("a", "Quế", gingers),
        ]
    ):
        SpeciesFactory(
            slug=slug, vie=vie, family=family, scientific_name=f"Exemplum {'zyxwvut'[place]}um"
        )
    old = Species.objects.get(slug="a").changed_at
    Species.objects.filter(slug__in="bdf").update(changed_at=old)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", "dbcaefg"),
        ("name", "dbcaefg"),
        ("scientific", "abcdefg"),
        ("family", "dbfcaeg"),
    ],
)
def test_every_order_is_walked_to_its_end(client, alike, monkeypatch, sort, order):
    assert walk(client, f"/vi/species/?sort={sort}", monkeypatch) == order


def test_the_newest_change_comes_first_and_the_same_moment_by_address(client, alike, monkeypatch):
    walked = walk(client, "/vi/species/?sort=changed", monkeypatch)
    changes = Species.objects.in_bulk(list(walked), field_name="slug")
    assert sorted(walked) == list("abcdefg")
    assert list(walked) == sorted(
        walked, key=lambda slug: (-changes[slug].changed_at.timestamp(), slug)
    )
    assert "abdf" in walked


def walk(client, address, monkeypatch):
    """Follow the pages of two species each and return the addresses in a row."""
    monkeypatch.setattr(views, "SPECIES_PER_PAGE", 2)
    walked = ""
    while address:
        page = client.get(address)
        walked += "".join(species.slug for species in page.context["species"])
        address = page.context["next_url"]
    return walked


def test_the_list_and_the_grid_show_the_same_and_keep_the_choice(client, collection):
    grid = client.get("/vi/species/?part=root&sort=family")
    rows = client.get(grid.context["list_url"])
    assert grid.context["list_url"] == "/vi/species/?part=root&sort=family&view=list"
    assert rows.context["grid_url"] == "/vi/species/?part=root&sort=family"
    assert [s.slug for s in grid.context["species"]] == [s.slug for s in rows.context["species"]]
    assert b"card--row" in rows.content
    assert b"card--row" not in grid.content


def test_a_card_shows_the_plate_and_says_what_is_poisonous_certified_and_sold(client, facts):
    page = client.get("/en/species/")
    marks = {
        species.slug: (species.certified, species.on_sale_count, species.is_toxic)
        for species in page.context["species"]
    }
    assert marks == {
        "gung": (False, 2, False),
        "mang-tang": (False, 0, False),
        "nghe": (True, 0, True),
        "que": (True, 0, False),
    }
    body = page.content.decode()
    assert (
        '<img src="/plates/que.svg" width="400" height="500" loading="lazy" decoding="async"'
        ' alt="">' in body
    )
    assert body.count('<span class="poison">poisonous</span>') == 1


BROWSE = "/vi/species/?family=zingiberaceae&flowering=2&on_sale=yes&sort=family&view=list&q=g"


@pytest.mark.parametrize(
    "address", ["/vi/species/", "/en/species/?conservation=threatened", BROWSE]
)
def test_the_page_keeps_within_its_budget(client, facts, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200
