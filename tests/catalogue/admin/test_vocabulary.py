"""The vocabularies in the admin: everybody at the desk looks, curators change."""

from django.urls import reverse

from wagtail.test.utils.form_data import inline_formset, nested_form_data

import pytest

from catalogue.models import (
    Commune,
    Compound,
    CompoundLabel,
    Family,
    GlossaryEntry,
    GlossaryText,
    HigherTaxon,
    Language,
    Part,
    PreparationForm,
    Reference,
    StrategicGroup,
    Trait,
    TraitState,
)
from tests.factories.catalogue import CommuneFactory, TraitStateFactory

pytestmark = pytest.mark.django_db

VOCABULARIES = [
    Compound,
    Family,
    GlossaryEntry,
    HigherTaxon,
    Language,
    Part,
    PreparationForm,
    Reference,
    StrategicGroup,
    Trait,
]


def address(model, view, *args):
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


@pytest.mark.parametrize("model", VOCABULARIES)
def test_a_curator_lists_searches_and_adds_words(client, curator, model):
    client.force_login(curator)
    assert client.get(address(model, "list")).status_code == 200
    assert client.get(address(model, "list"), {"q": "no such word"}).status_code == 200
    assert client.get(address(model, "add")).status_code == 200


@pytest.mark.parametrize("model", [Compound, Family, Trait])
def test_an_editor_looks_at_a_vocabulary_and_does_not_change_it(client, editor, model):
    client.force_login(editor)
    assert client.get(address(model, "list")).status_code == 200
    assert client.get(address(model, "add")).status_code == 302


def test_the_official_division_is_looked_up_and_never_changed(client, curator):
    commune = CommuneFactory()
    client.force_login(curator)
    page = client.get(address(Commune, "list"), {"q": "sa pa"})
    assert list(page.context["page_obj"].object_list) == [commune]
    assert client.get(address(Commune, "edit", commune.pk)).status_code == 302


@pytest.mark.parametrize("text", ["quế", "QUE", "cinnamaldehyde"])
def test_a_word_is_found_in_any_language_once(client, curator, text):
    compound = Compound.objects.create(code="cinnamaldehyde")
    for language, label in {"vi": "aldehyd quế", "en": "cinnamaldehyde"}.items():
        CompoundLabel.objects.create(term=compound, language=language, text=label)
    Compound.objects.create(code="coumarin")
    client.force_login(curator)
    page = client.get(address(Compound, "list"), {"q": text})
    assert list(page.context["page_obj"].object_list) == [compound]


def test_a_word_of_the_glossary_is_found_by_another_form(client, curator):
    entry = GlossaryEntry.objects.create(code="drupe")
    GlossaryText.objects.create(
        entry=entry, language="vi", term="quả hạch", also="hạch quả", definition="Quả có hạch."
    )
    client.force_login(curator)
    page = client.get(address(GlossaryEntry, "list"), {"q": "hach qua"})
    assert list(page.context["page_obj"].object_list) == [entry]


def test_an_article_is_added_to_the_references(client, curator):
    client.force_login(curator)
    form = {"code": "pham-2024", "kind": "article", "author": "Phạm", "title": "Về quế"}
    assert client.post(address(Reference, "add"), form).status_code == 302
    assert Reference.objects.get().kind == "article"


def test_a_trait_is_edited_with_its_answers_and_their_words(client, curator):
    state = TraitStateFactory()
    client.force_login(curator)
    labels = inline_formset([{"language": "vi", "text": "dạng sống", "question": "Là cây gì?"}])
    answer = {"id": state.pk, "code": "tree", "position": "1"}
    answer["labels"] = inline_formset([{"language": "vi", "text": "cây gỗ"}])
    new = {"code": "shrub", "position": "2"}
    new["labels"] = inline_formset([{"language": "vi", "text": "cây bụi"}])
    form = nested_form_data(
        {
            "code": "habit",
            "position": "0",
            "labels": labels,
            "states": inline_formset([answer, new], initial=1),
        }
    )
    response = client.post(address(Trait, "edit", state.trait_id), form)
    assert response.status_code == 302, response.context["form"].errors
    assert {one.code: one.label for one in TraitState.objects.all()} == {
        "tree": "cây gỗ",
        "shrub": "cây bụi",
    }
    assert TraitState.objects.get(code="tree").pk == state.pk
