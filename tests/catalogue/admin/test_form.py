"""The form of a whole record: its rows, its traits, and what it asks the database."""

import json

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest

from catalogue.admin.rows import Words
from catalogue.models import (
    Commune,
    Distribution,
    Language,
    LanguageLabel,
    Part,
    Reference,
    Species,
    SpeciesTrait,
    TraitLabel,
    VernacularName,
)
from tests.factories.catalogue import (
    CommuneFactory,
    LanguageFactory,
    PartFactory,
    ProvinceFactory,
    ReferenceFactory,
    SpeciesFactory,
    TraitFactory,
    TraitStateFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_desk(client, curator):
    LanguageFactory()
    LanguageFactory(code="eng")
    client.force_login(curator)
    return client


def address(view, *args):
    return reverse(Species.snippet_viewset.get_url_name(view), args=args)


def whole_form(client, species) -> dict:
    """Return what a browser sends for the edit form of a record as it was shown."""
    form = client.get(address("edit", species.pk)).context["form"]
    parts = [form]
    for formset in form.formsets.values():
        parts += [formset.management_form, *formset.forms]
    data = {}
    for bound in (bound for part in parts for bound in part):
        value = bound.value()
        if isinstance(value, list):
            data[bound.html_name] = [getattr(one, "pk", one) for one in value]
        elif value is not None and value is not False:
            data[bound.html_name] = value
    return data


def test_a_form_sent_back_as_it_was_shown_changes_nothing(at_desk):
    species = SpeciesFactory(provinces=[ProvinceFactory()])
    SpeciesTrait.objects.create(species=species, state=TraitStateFactory())
    before = json.loads(Species.objects.get().to_json())

    answer = at_desk.post(address("edit", species.pk), whole_form(at_desk, species))

    assert answer.status_code == 302, faults(answer)
    after = Species.objects.get().latest_revision.content
    assert {name for name in before if before[name] != after[name]} == {"changed_at"}


@pytest.fixture
def states():
    """Three answers: two of one trait, one of another."""
    habit, margin = TraitFactory(), TraitFactory(code="margin")
    TraitLabel.objects.create(term=habit, language="vi", text="dạng sống", question="?")
    return [
        TraitStateFactory(code="tree", trait=habit),
        TraitStateFactory(code="shrub", trait=habit),
        TraitStateFactory(code="entire", trait=margin),
    ]


def test_traits_are_ticked_by_question_and_kept_in_a_draft(at_desk, states):
    tree, shrub, entire = states
    species = SpeciesFactory()
    kept = SpeciesTrait.objects.create(species=species, state=tree)
    gone = SpeciesTrait.objects.create(species=species, state=shrub)
    page = at_desk.get(address("edit", species.pk))
    groups = page.context["form"].fields["trait_states"].choices
    assert [(name, [pk for pk, _label in answers]) for name, answers in groups] == [
        ("dạng sống", [shrub.pk, tree.pk]),
        ("margin", [entire.pk]),
    ]
    assert sorted(page.context["form"].initial["trait_states"]) == [tree.pk, shrub.pk]

    form = whole_form(at_desk, species) | {"trait_states": [tree.pk, entire.pk]}
    answer = at_desk.post(address("edit", species.pk), form)
    assert answer.status_code == 302, faults(answer)
    assert set(species.traits.values_list("pk", flat=True)) == {kept.pk, gone.pk}
    draft = Species.objects.get().get_latest_revision_as_object()
    assert {row.state_id for row in draft.traits.all()} == {tree.pk, entire.pk}
    shown = at_desk.get(address("edit", species.pk)).context["form"].initial["trait_states"]
    assert set(shown) == {tree.pk, entire.pk}

    form = whole_form(at_desk, species) | {"action-publish": "1"}
    answer = at_desk.post(address("edit", species.pk), form)
    assert answer.status_code == 302, faults(answer)
    rows = dict(SpeciesTrait.objects.values_list("state", "pk"))
    assert set(rows) == {tree.pk, entire.pk}
    assert rows[tree.pk] == kept.pk


@pytest.mark.parametrize("value", ["no-number", "99999"])
def test_an_answer_that_does_not_exist_is_refused(at_desk, states, value):
    species = SpeciesFactory()
    form = whole_form(at_desk, species) | {"trait_states": [value]}
    answer = at_desk.post(address("edit", species.pk), form)
    assert "trait_states" in answer.context["form"].errors


def test_revisions_are_compared_by_traits_too(at_desk, states):
    species = SpeciesFactory()
    at_desk.post(
        address("edit", species.pk),
        whole_form(at_desk, species) | {"trait_states": [states[0].pk]},
    )
    first, second = "live", Species.objects.get().latest_revision_id
    page = at_desk.get(address("revisions_compare", species.pk, first, second))
    assert page.status_code == 200
    assert "tree" in page.content.decode()


@pytest.mark.parametrize("passage", ["description", "uses", "look_alikes"])
def test_a_citation_of_an_unknown_work_is_named(at_desk, passage):
    ReferenceFactory()
    species = SpeciesFactory()
    words = "Cây gỗ.[^do-tat-loi] Vỏ thơm.[^no-such-work:12]"
    form = whole_form(at_desk, species) | {f"texts-0-{passage}": words}
    answer = at_desk.post(address("edit", species.pk), form)
    assert answer.status_code == 200
    (message,) = answer.context["form"].formsets["texts"].forms[0].errors[passage]
    assert "no-such-work" in message
    assert "do-tat-loi" not in message


def test_a_language_of_a_name_is_chosen_and_its_code_is_stored(at_desk):
    LanguageLabel.objects.create(term=LanguageFactory(code="ium"), language="vi", text="tiếng Dao")
    species = SpeciesFactory()
    page = at_desk.get(address("edit", species.pk))
    widget = page.context["form"].formsets["names"].forms[0].fields["language"].widget
    assert ("ium", "tiếng Dao") in widget.choices

    form = whole_form(at_desk, species) | {"names-0-language": "ium", "action-publish": "1"}
    answer = at_desk.post(address("edit", species.pk), form)
    assert answer.status_code == 302, faults(answer)
    assert species.names.order_by("sort_order").first().language == "ium"


@pytest.mark.parametrize(
    ("field", "value"),
    [("source", "987654"), ("source", "x"), ("province", "99"), ("commune", "9")],
)
def test_a_word_that_does_not_exist_is_refused(at_desk, field, value):
    species = SpeciesFactory(provinces=[ProvinceFactory()])
    form = whole_form(at_desk, species) | {f"distribution-0-{field}": value}
    answer = at_desk.post(address("edit", species.pk), form)
    assert field in answer.context["form"].formsets["distribution"].forms[0].errors


def test_a_commune_of_another_province_is_refused(at_desk):
    species = SpeciesFactory(provinces=[ProvinceFactory(code="12", name="Lai Châu")])
    CommuneFactory()  # in Lào Cai
    form = whole_form(at_desk, species) | {"distribution-0-commune": "03006"}
    answer = at_desk.post(address("edit", species.pk), form)
    assert "commune" in answer.context["form"].formsets["distribution"].forms[0].errors


def _places(species, count, first=0):
    province = ProvinceFactory()
    for number in range(first, first + count):
        commune = Commune.objects.create(
            code=f"1{number:04}", name=f"Xã {number}", full_name=f"Xã {number}", province=province
        )
        source = ReferenceFactory(code=f"work-{number}")
        Distribution.objects.create(
            species=species, province=province, commune=commune, source=source, sort_order=number
        )


def faults(answer) -> dict:
    """Return what is wrong with a form that was sent, its rows included."""
    form = answer.context["form"]
    return form.errors | {
        name: formset.errors for name, formset in form.formsets.items() if any(formset.errors)
    }


def queries_of(client, method, url, *args):
    getattr(client, method)(url, *args)  # what is asked once and kept
    with CaptureQueriesContext(connection) as asked:
        answer = getattr(client, method)(url, *args)
    assert answer.status_code in (200, 302)
    return len(asked)


def test_the_form_asks_no_more_for_many_rows_than_for_one(at_desk):
    one, many = SpeciesFactory(), SpeciesFactory()
    _places(one, 1)
    _places(many, 12, first=1)
    form = whole_form(at_desk, many)
    assert queries_of(at_desk, "get", address("edit", many.pk)) == queries_of(
        at_desk, "get", address("edit", one.pk)
    )
    assert len([name for name in form if name.endswith("-commune")]) == 12


def test_the_form_of_a_draft_asks_no_more_for_many_rows_than_for_one(at_desk):
    one, many = SpeciesFactory(), SpeciesFactory()
    _places(one, 1)
    _places(many, 12, first=1)
    for species in (one, many):
        species.authorship = "Mill."
        species.save_revision()
    assert queries_of(at_desk, "get", address("edit", many.pk)) == queries_of(
        at_desk, "get", address("edit", one.pk)
    )


def test_a_draft_that_names_a_deleted_work_is_opened_and_asks_for_another(at_desk):
    species = SpeciesFactory(provinces=[ProvinceFactory()])
    species.authorship = "Mill."
    species.save_revision()
    Distribution.objects.all().delete()
    VernacularName.objects.all().delete()
    Reference.objects.all().delete()

    form = at_desk.get(address("edit", species.pk)).context["form"]

    assert form.formsets["distribution"].forms[0]["source"].value() is None
    answer = at_desk.post(address("edit", species.pk), whole_form(at_desk, species))
    assert "source" in answer.context["form"].formsets["distribution"].forms[0].errors


def test_words_are_read_once_for_all_rows(django_assert_num_queries):
    works = [ReferenceFactory(code=f"work-{number}") for number in range(3)]
    part = PartFactory()
    words = Words()
    with django_assert_num_queries(2):
        words.need(Reference, [work.pk for work in works])
        assert [words.find(Reference, str(work.pk)) for work in works] == works
        assert words.choices(Part) == [(part.pk, "vỏ thân")]
        assert words.find(Part, part.pk) == part
        assert words.choices(Part) == [(part.pk, "vỏ thân")]


@pytest.mark.parametrize("key", [None, "", "no-number"])
def test_no_record_has_such_a_key(key, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Words().find(Reference, key) is None


def test_languages_are_offered_by_name():
    LanguageLabel.objects.create(term=LanguageFactory(), language="vi", text="tiếng Việt")
    assert Words().languages() == [("vie", "tiếng Việt")]
    assert Language.objects.count() == 1


def test_the_address_of_a_published_record_stays(at_desk):
    species = SpeciesFactory(slug="que")
    species.save_revision().publish()

    answer = at_desk.post(
        address("edit", species.pk), whole_form(at_desk, species) | {"slug": "que-moi"}
    )

    assert answer.context["form"].errors["slug"] == [
        "Bản ghi này đã từng công bố: địa chỉ của nó là một lời hứa và giữ nguyên là que."
    ]
    assert Species.objects.get().slug == "que"


def test_the_address_of_a_draft_may_change(at_desk):
    species = SpeciesFactory(slug="que", live=False)

    answer = at_desk.post(
        address("edit", species.pk), whole_form(at_desk, species) | {"slug": "que-moi"}
    )

    assert answer.status_code == 302, faults(answer)
    assert Species.objects.get().latest_revision.content["slug"] == "que-moi"
