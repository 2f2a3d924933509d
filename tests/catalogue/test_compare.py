"""Species side by side."""

from django.template.loader import render_to_string

import pytest

from catalogue.compare import Verdict, verdict
from catalogue.models import (
    Commune,
    ConservationStatus,
    Distribution,
    LookAlike,
    Season,
    SpeciesTrait,
    TraitLabel,
    TraitStateLabel,
)
from tests.factories.catalogue import (
    CommuneFactory,
    FamilyFactory,
    ProvinceFactory,
    ReferenceFactory,
    SpeciesFactory,
    TraitFactory,
    TraitStateFactory,
)

ADDRESS = "/vi/species/compare/"


@pytest.mark.parametrize(
    ("_case", "answers", "expected"),
    [
        ("alike", [{1}, {1}], Verdict.SAME),
        ("two that exclude each other", [{1}, {2}], Verdict.DIFFERENT),
        ("one of three excludes the others", [{1}, {1}, {2}], Verdict.DIFFERENT),
        ("one varies into the other", [{1, 2}, {2}], Verdict.OVERLAP),
        ("a chain excludes at its ends", [{1, 2}, {2, 3}, {3}], Verdict.DIFFERENT),
        ("one is not recorded", [{1}, set()], Verdict.UNKNOWN),
        ("two are alike, one is not recorded", [{1}, {1}, set()], Verdict.UNKNOWN),
        ("two differ, one is not recorded", [{1}, {2}, set()], Verdict.DIFFERENT),
        ("none is recorded", [set(), set()], Verdict.UNKNOWN),
    ],
)
def test_verdict(_case, answers, expected):
    assert verdict(map(frozenset, answers)) == expected


@pytest.fixture
def habit(db):
    trait = TraitFactory(code="habit")
    TraitLabel.objects.create(term=trait, language="vi", text="dạng sống", question="?")
    states = {}
    for code in ("tree", "herb"):
        states[code] = TraitStateFactory(trait=trait, code=code)
        TraitStateLabel.objects.create(term=states[code], language="vi", text=f"cây {code}")
    return states


@pytest.fixture
def plants(habit):
    """Three plants: que and hoi are trees of two families, o-dau is a poisonous herb."""
    laurels, illicium = FamilyFactory(name="Lauraceae"), FamilyFactory(name="Schisandraceae")
    lao_cai = ProvinceFactory()
    que = SpeciesFactory(
        slug="que",
        vie="Quế",
        family=laurels,
        elevation_min_m=200,
        elevation_max_m=1000,
        provinces=[lao_cai],
    )
    hoi = SpeciesFactory(
        slug="hoi",
        vie="Hồi",
        family=illicium,
        elevation_min_m=900,
        elevation_max_m=1500,
        provinces=[lao_cai],
    )
    o_dau = SpeciesFactory(slug="o-dau", vie="Ô đầu", family=laurels, is_toxic=True)
    for species, code in ((que, "tree"), (hoi, "tree"), (o_dau, "herb")):
        SpeciesTrait.objects.create(species=species, state=habit[code])
    return {"que": que, "hoi": hoi, "o-dau": o_dau}


def page(client, query):
    answer = client.get(ADDRESS + query)
    assert answer.status_code == 200
    return answer


def rows(answer):
    """Return label → row of a comparison, labels in English."""
    return {row.label: row for section in answer.context["sections"] for row in section.rows}


def compared(client, query):
    answer = client.get("/en/species/compare/" + query)
    assert answer.status_code == 200
    return rows(answer)


def said(row):
    return [[word.text for word in cell.words] for cell in row.cells]


def test_the_order_of_the_address_is_the_order_of_the_columns(client, plants):
    answer = page(client, "?s=hoi&s=que")
    assert [one.slug for one in answer.context["species"]] == ["hoi", "que"]


def test_what_is_the_same_what_differs_and_what_is_not_known(client, plants):
    found = compared(client, "?s=que&s=hoi")
    assert found["dạng sống"].verdict == Verdict.SAME
    assert said(found["dạng sống"]) == [["cây tree"], ["cây tree"]]
    assert found["Family"].verdict == Verdict.DIFFERENT
    assert found["Elevation"].verdict == Verdict.OVERLAP
    assert said(found["Elevation"]) == [["200–1000 m"], ["900–1500 m"]]
    assert found["flowering"].verdict == Verdict.UNKNOWN
    assert said(found["flowering"]) == [[], []]
    assert found["Cautions"].verdict == Verdict.NONE


def test_a_difference_is_marked_in_words(client, plants):
    text = client.get("/en/species/compare/?s=que&s=o-dau").content.decode()
    assert '<span class="verdict verdict--different">differ</span>' in text
    assert '<span class="verdict">not known of all</span>' in text


def test_only_differences_leaves_what_is_the_same_out_and_keeps_the_cautions(client, plants):
    whole = compared(client, "?s=que&s=hoi")
    only = compared(client, "?s=que&s=hoi&only=differences")
    assert "dạng sống" in whole
    assert "dạng sống" not in only
    assert {"Poisonous", "Taken for", "Cautions", "Family", "Elevation"} <= set(only)
    assert only["Poisonous"].verdict == Verdict.SAME


def test_the_toggle_keeps_the_species_and_drops_the_search(client, plants):
    answer = page(client, "?s=que&s=hoi&q=x")
    assert answer.context["toggle_url"] == f"{ADDRESS}?s=que&s=hoi&only=differences"
    answer = page(client, "?s=que&s=hoi&only=differences")
    assert answer.context["toggle_url"] == f"{ADDRESS}?s=que&s=hoi"


def test_poison_is_flagged_before_the_table(client, plants):
    text = client.get("/en/species/compare/?s=que&s=o-dau").content.decode()
    assert text.index('class="poison">poisonous</span>') < text.index("<table")
    row = compared(client, "?s=que&s=o-dau")["Poisonous"]
    assert said(row) == [["not recorded as poisonous"], ["poisonous"]]
    assert row.verdict == Verdict.DIFFERENT


def test_plants_that_are_mistaken_for_one_another_are_said_so_whichever_record_knows(
    client, plants
):
    LookAlike.objects.create(
        species=plants["hoi"], other=plants["que"], scientific_name="Q", is_toxic=True
    )
    answer = page(client, "?s=que&s=hoi&s=o-dau")
    assert [(a.slug, b.slug) for a, b in answer.context["mistaken"]] == [("que", "hoi")]
    # The record of the one says that the other is its poisonous double.
    assert [one.slug for one in answer.context["poisonous"]] == ["que", "o-dau"]
    assert said(compared(client, "?s=que&s=hoi")["Poisonous"]) == [
        ["a poisonous double"],
        ["not recorded as poisonous"],
    ]


def test_a_look_alike_with_a_record_is_suggested_until_it_stands_there(client, plants):
    LookAlike.objects.create(species=plants["que"], other=plants["hoi"], scientific_name="H")
    answer = page(client, "?s=que")
    assert [(one.slug, one.add_url) for one in answer.context["suggestions"]] == [
        ("hoi", f"{ADDRESS}?s=que&s=hoi")
    ]
    assert page(client, "?s=que&s=hoi").context["suggestions"] == []


def test_a_draft_is_neither_suggested_nor_compared(client, plants):
    draft = SpeciesFactory(slug="nhap", vie="Nháp", live=False)
    LookAlike.objects.create(species=plants["que"], other=draft, scientific_name="N")
    answer = page(client, "?s=que&s=nhap&q=nhap")
    assert answer.context["suggestions"] == []
    assert answer.context["matches"] == []
    assert answer.context["unknown"] == ["nhap"]


def test_an_unknown_plant_is_named_and_the_others_are_shown(client, plants):
    answer = client.get("/en/species/compare/?s=que&s=no-such&s=hoi")
    assert [one.slug for one in answer.context["species"]] == ["que", "hoi"]
    assert "no species at this address: no-such." in answer.content.decode()


def test_the_same_plant_stands_once(client, plants):
    answer = page(client, "?s=que&s=que&s=hoi&s=que")
    assert [one.slug for one in answer.context["species"]] == ["que", "hoi"]


def test_four_are_the_most(client, plants):
    for slug in ("nam", "sau"):
        SpeciesFactory(slug=slug)
    answer = client.get("/en/species/compare/?s=que&s=hoi&s=o-dau&s=nam&s=sau")
    assert [one.slug for one in answer.context["species"]] == ["que", "hoi", "o-dau", "nam"]
    text = answer.content.decode()
    assert "Left out: sau." in text
    assert 'name="q"' not in text[text.index("<main") :]


def test_a_plant_is_added_by_name_and_taken_away(client, plants):
    answer = page(client, "?s=hoi&only=differences&q=que")
    assert [(one.slug, one.add_url) for one in answer.context["matches"]] == [
        ("que", f"{ADDRESS}?s=hoi&s=que&only=differences")
    ]
    answer = page(client, "?s=hoi&s=que")
    assert [one.remove_url for one in answer.context["species"]] == [
        f"{ADDRESS}?s=que",
        f"{ADDRESS}?s=hoi",
    ]


@pytest.mark.parametrize("query", ["", "?s=que", "?s=no-such"])
def test_fewer_than_two_make_no_table(client, plants, query):
    answer = page(client, query)
    assert answer.context["sections"] == []
    assert "<table" not in answer.content.decode()


@pytest.mark.parametrize(
    "query", ["?s=a b", "?s=<script>", "?only=all", "?q=" + "x" * 201, "?s=" + "x" * 81]
)
def test_what_cannot_be_read_is_a_bad_request(client, plants, query):
    answer = client.get(ADDRESS + query)
    assert answer.status_code == 400
    assert "<script>" not in answer.content.decode()


def test_many_wrong_names_are_read_up_to_a_limit(client, plants, django_assert_max_num_queries):
    query = "&".join(f"s=no-{n}" for n in range(500))
    with django_assert_max_num_queries(12):
        assert len(page(client, f"?{query}").context["unknown"]) == 12


def test_the_fullest_page_asks_few_questions(client, plants, django_assert_max_num_queries):
    SpeciesFactory(slug="nam")
    with django_assert_max_num_queries(12):
        page(client, "?s=que&s=hoi&s=o-dau&s=nam&q=x")
    with django_assert_max_num_queries(12):
        page(client, "?s=que&s=hoi&s=o-dau&q=sau")


def test_months_are_compared_as_months_also_over_new_year(client, plants):
    source = ReferenceFactory()
    for slug, first, last in (("que", 11, 2), ("hoi", 1, 1), ("o-dau", 6, 8)):
        Season.objects.create(
            species=plants[slug],
            kind="flowering",
            first_month=first,
            last_month=last,
            source=source,
        )
    row = compared(client, "?s=que&s=hoi")["flowering"]
    assert (row.verdict, said(row)) == (Verdict.OVERLAP, [["months 11–2"], ["month 1"]])
    assert compared(client, "?s=que&s=o-dau")["flowering"].verdict == Verdict.DIFFERENT


def test_no_commune_of_a_threatened_species_is_told(client, plants):
    commune = CommuneFactory()
    source = ReferenceFactory()
    que = plants["que"]
    Distribution.objects.create(
        species=que, province=commune.province, commune=commune, source=source, sort_order=9
    )
    ConservationStatus.objects.create(
        species=que, authority="iucn", edition="2024", category="EN", scope="global", source=source
    )
    answer = page(client, "?s=que&s=hoi")
    assert Commune.objects.get().name not in answer.content.decode()
    row = compared(client, "?s=que&s=hoi")["Provinces"]
    assert (row.verdict, said(row)) == (Verdict.SAME, [["Lào Cai"], ["Lào Cai"]])
    assert said(compared(client, "?s=que&s=hoi")["Conservation"])[0] == [
        "IUCN Red List 2024: EN, endangered"
    ]


def test_citations_of_texts_are_left_to_the_record(client, plants):
    text = plants["que"].texts.get(language="en")
    text.habitat = "Hot, humid hills.[^flora-of-china]"
    text.save()
    assert said(compared(client, "?s=que&s=hoi")["Where it grows"]) == [["Hot, humid hills."], []]


def test_a_comparison_is_not_for_search_engines(client, plants):
    text = page(client, "?s=que&s=hoi").content.decode()
    assert '<meta name="robots" content="noindex, follow">' in text


def test_a_plant_leads_into_the_comparison(plants):
    link = render_to_string("catalogue/includes/compare_link.html", {"species": plants["que"]})
    assert f'href="{ADDRESS}?s=que"' in link
