"""The identification key as a visitor uses it."""

from django.core.cache import cache
from django.core.exceptions import ValidationError

import pytest

from catalogue import identification
from catalogue.identification import CARDS, Identification, key_of, matrix_of, questions
from catalogue.models import (
    LookAlike,
    Species,
    SpeciesTrait,
    TraitLabel,
    TraitState,
    TraitStateLabel,
)
from tests.factories.catalogue import SpeciesFactory, TraitFactory, TraitStateFactory

pytestmark = pytest.mark.django_db

ADDRESS = "/vi/species/key/"
VOCABULARY = {
    "habit": ["tree", "herb", "shrub"],
    "flower-colour": ["white", "red"],
    "fruit": ["berry"],
}


@pytest.fixture(autouse=True)
def _no_matrix_of_another_test():
    cache.clear()


@pytest.fixture
def states():
    """Three questions with their answers, labelled in Vietnamese."""
    found = {}
    for position, (code, answers) in enumerate(VOCABULARY.items()):
        trait = TraitFactory(code=code, position=position)
        TraitLabel.objects.create(
            term=trait, language="vi", text=f"trait {code}", question=f"{code}?", help=f"see {code}"
        )
        for place, answer in enumerate(answers):
            state = TraitStateFactory(trait=trait, code=answer, position=place)
            TraitStateLabel.objects.create(term=state, language="vi", text=f"is {answer}")
            found[answer] = state
    return found


@pytest.fixture
def add(states):
    """Publish a species with some answers: add("que", "tree", "white")."""

    def call(slug, *answers, **more):
        species = SpeciesFactory(slug=slug, vie=slug.capitalize(), **more)
        for answer in answers:
            SpeciesTrait.objects.create(species=species, state=states[answer])
        return species

    return call


@pytest.fixture
def plants(add):
    """Four plants; the third varies in colour and the fourth has no colour on record."""
    return [
        add("an", "tree", "white", "berry"),
        add("ba", "tree", "red", "berry"),
        add("ca", "herb", "white", "red"),
        add("da", "herb"),
    ]


def step(client, query=""):
    answer = client.get(ADDRESS + query)
    assert answer.status_code == 200
    return answer.context["step"]


def left(client, query=""):
    return [species.slug for species in step(client, query).candidates]


@pytest.mark.parametrize(
    ("_case", "query", "slugs"),
    [
        ("nothing", "", ["an", "ba", "ca", "da"]),
        ("one answer", "?habit=tree", ["an", "ba"]),
        ("no answer on record stays in", "?flower-colour=white", ["an", "ca", "da"]),
        ("either of two answers", "?habit=tree&habit=herb", ["an", "ba", "ca", "da"]),
        ("two questions", "?habit=herb&flower-colour=white", ["ca", "da"]),
        ("an unknown answer is passed over", "?habit=no-such", ["an", "ba", "ca", "da"]),
        ("an unknown question too", "?no-such=tree&utm_source=a", ["an", "ba", "ca", "da"]),
        ("the same answer twice", "?habit=tree&habit=tree", ["an", "ba"]),
    ],
)
def test_answers_in_the_address_narrow_the_list(client, plants, _case, query, slugs):
    assert left(client, query) == slugs


@pytest.mark.parametrize("query", ["?habit=a b", "?habit=<script>", "?habit=" + "x" * 81])
def test_an_answer_that_is_no_code_is_a_bad_request(client, plants, query):
    answer = client.get(ADDRESS + query)
    assert answer.status_code == 400
    assert "<script>" not in answer.content.decode()


def test_drafts_are_in_the_key_of_curators_only(client, add, curator):
    add("an", "tree")
    add("nhap", "tree", live=False)
    assert left(client) == ["an"]
    client.force_login(curator)
    assert left(client) == ["an", "nhap"]


def test_the_best_question_stands_first_and_each_answer_says_how_many_it_leaves(client, plants):
    now = step(client)
    assert [question.code for question in now.asked] == ["habit", "flower-colour"]
    best = now.asked[0]
    assert (best.words, best.help, best.about) == ("habit?", "see habit", 2)
    assert [(choice.label, choice.remaining) for choice in best.choices] == [
        ("is tree", 2),
        ("is herb", 2),
        ("is shrub", 0),
    ]
    assert [choice.remaining for choice in now.asked[1].choices] == [3, 3]
    assert now.idle == 1  # every plant with a fruit has a berry


def test_an_answer_that_no_remaining_species_gives_is_said_and_not_linked(client, plants):
    page = client.get(ADDRESS).content.decode()
    assert f'href="{ADDRESS}?habit=herb"' in page
    assert "Is shrub" in page
    assert "habit=shrub" not in page


def test_chips_withdraw_an_answer_and_undo_the_last_one(client, plants):
    now = step(client, "?flower-colour=white&habit=tree&habit=herb")
    urls = {c.code: c.url for q in now.answered for c in q.choices if c.selected}
    assert urls == {
        "white": f"{ADDRESS}?habit=tree&habit=herb",
        "tree": f"{ADDRESS}?flower-colour=white&habit=herb",
        "herb": f"{ADDRESS}?flower-colour=white&habit=tree",
    }
    assert now.undo_url == f"{ADDRESS}?flower-colour=white&habit=tree"
    assert step(client, "?habit=tree").undo_url == ADDRESS


def test_a_second_answer_to_a_question_becomes_the_last_one(client, plants):
    now = step(client, "?habit=tree&flower-colour=white")
    alternative = next(c for q in now.answered for c in q.choices if c.code == "herb")
    assert alternative.url == f"{ADDRESS}?flower-colour=white&habit=tree&habit=herb"
    assert alternative.remaining == 3


def test_when_nothing_fits_the_page_says_what_to_withdraw(client, add):
    add("an", "tree", "white")
    add("ba", "herb", "red")
    add("ca", "herb", "red")
    answer = client.get(ADDRESS + "?habit=tree&flower-colour=red")
    now = answer.context["step"]
    assert now.count == 0
    assert now.asked == []
    assert now.withdrawals == [
        {"what": "trait habit", "remaining": 2, "url": f"{ADDRESS}?flower-colour=red"},
        {"what": "trait flower-colour", "remaining": 1, "url": f"{ADDRESS}?habit=tree"},
    ]


def test_the_last_few_are_told_apart_and_can_be_compared(client, plants):
    now = step(client, "?habit=tree")
    assert [check.label for check in now.checks] == ["trait flower-colour"]
    assert [(label, [s.slug for s in species]) for label, species in now.checks[0].answers] == [
        ("is white", ["an"]),
        ("is red", ["ba"]),
    ]
    page = client.get(ADDRESS + "?habit=tree").content.decode()
    assert "/vi/species/compare/?s=an&amp;s=ba" in page


def test_one_species_is_the_end(client, plants):
    now = step(client, "?habit=tree&flower-colour=red")
    assert now.is_settled
    assert [species.slug for species in now.candidates] == ["ba"]
    assert (now.asked, now.checks, now.compare_query) == ([], [], "")


def test_a_poisonous_plant_is_named_even_where_its_card_is_not_shown(client, add):
    for n in range(CARDS):
        add(f"a{n:02}", "tree")
    add("o-dau", "tree", is_toxic=True)
    now = step(client)
    assert len(now.candidates) == CARDS
    assert now.unshown == 1
    assert [species.slug for species in now.poisonous] == ["o-dau"]
    assert now.more_poisonous == 0
    assert "/vi/species/o-dau/" in client.get(ADDRESS).content.decode()


def test_poisonous_doubles_are_said_on_both_cards(client, add):
    edible, double = add("an", "tree"), add("ba", "herb")
    LookAlike.objects.create(
        species=edible, other=double, scientific_name="Stemona tuberosa", is_toxic=True
    )
    LookAlike.objects.create(species=edible, scientific_name="Zea mays", is_toxic=False)
    now = step(client)
    first, second = now.candidates
    assert [row.scientific_name for row in first.poisonous_doubles] == ["Stemona tuberosa"]
    assert first.doubles_of == []
    assert second.poisonous_doubles == []
    assert [row.shown_title for row in second.doubles_of] == ["An"]
    assert [species.slug for species in now.poisonous] == ["ba"]


def test_a_draft_tells_nobody_that_a_plant_is_its_poisonous_double(client, add):
    published = add("ba", "herb")
    draft = add("nhap", "tree", live=False)
    LookAlike.objects.create(species=draft, other=published, scientific_name="X", is_toxic=True)
    now = step(client)
    assert now.poisonous == []
    assert now.candidates[0].doubles_of == []


def test_the_matrix_is_read_again_when_a_species_changes(add, django_assert_num_queries):
    add("an", "tree")
    visible, traits = Species.objects.visible_to(None), questions()
    assert len(matrix_of(visible).species) == 1
    with django_assert_num_queries(1):  # the stamp alone
        matrix_of(visible)
    second = add("ba", "herb")
    assert len(matrix_of(visible).species) == 2
    second.traits.add(SpeciesTrait(state=TraitState.objects.get(code="red")))
    second.save()
    key = key_of(visible, traits)
    red = TraitState.objects.get(code="red").pk
    assert key.matrix.first(key.matrix.answers[red], 5) == [second.pk]


def test_a_record_withdrawn_since_the_matrix_was_read_is_left_out(add, monkeypatch):
    add("an", "tree")
    gone = add("ba", "tree")
    visible = Species.objects.visible_to(None)
    known = matrix_of(visible)
    monkeypatch.setattr(identification, "matrix_of", lambda _visible: known)
    Species.objects.filter(pk=gone.pk).update(live=False)
    now = Identification(path=ADDRESS, visible=visible, traits=questions(), picked={})
    assert [species.slug for species in now.candidates] == ["an"]


@pytest.mark.parametrize("query", ["", "?habit=tree", "?habit=tree&flower-colour=red"])
def test_the_page_asks_few_questions(client, plants, django_assert_max_num_queries, query):
    with django_assert_max_num_queries(12):
        client.get(ADDRESS + query)


def test_an_empty_collection_has_a_key_without_questions(client, db):
    now = step(client)
    assert (now.total, now.asked, now.withdrawals) == (0, [], [])


def test_a_step_of_the_key_is_not_for_search_engines(client, plants):
    robots = '<meta name="robots" content="noindex, follow">'
    assert robots in client.get(ADDRESS + "?habit=tree").content.decode()
    assert robots not in client.get(ADDRESS).content.decode()


def test_an_answer_moves_the_focus_only_where_the_page_was_not_loaded(client, plants):
    assert "autofocus" not in client.get(ADDRESS).content.decode()
    page = client.get(ADDRESS, headers={"hx-request": "true"}).content.decode()
    assert page.count("autofocus") == 1


@pytest.mark.parametrize("slug", ["key", "compare", "a-z", "tree"])
def test_no_species_takes_the_address_of_a_page(slug):
    species = SpeciesFactory(slug="an")
    species.slug = slug
    with pytest.raises(ValidationError) as refused:
        species.clean()
    assert set(refused.value.message_dict) == {"slug"}
