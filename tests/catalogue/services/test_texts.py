"""A confirmed translation stays confirmed, also when a draft waits."""

from django.core.exceptions import PermissionDenied

import pytest

from catalogue.models import Species, SpeciesText
from catalogue.services.texts import NoOriginal, confirm_translation
from tests.factories.catalogue import SpeciesFactory

pytestmark = pytest.mark.django_db


def with_description(species, **words):
    """Save a draft of a record with other descriptions, by language."""
    draft = species.get_latest_revision_as_object()
    rows = list(draft.texts.all())
    for row in rows:
        row.description = words.get(row.language, row.description)
    draft.texts = rows
    draft.prepare()
    return draft.save_revision()


@pytest.fixture
def stale():
    """A published record whose Vietnamese words have changed since they were translated."""
    species = SpeciesFactory()
    with_description(species, vi="Lời đã đổi.").publish()
    return Species.objects.get()


def english(species):
    return SpeciesText.objects.get(species=species, language="en")


def is_stale(species):
    return SpeciesText.objects.stale().filter(species=species).exists()


def test_a_confirmation_holds_until_the_original_changes_again(stale, curator):
    assert is_stale(stale)
    words = english(stale).description
    confirm_translation(text=english(stale), person=curator)
    assert not is_stale(stale)
    assert english(stale).description == words
    Species.objects.get().save()
    assert not is_stale(stale)
    with_description(Species.objects.get(), vi="Lại đổi.").publish()
    assert is_stale(stale)


def test_a_draft_that_waits_does_not_undo_a_confirmation(stale, curator):
    draft = Species.objects.get()
    draft.authorship = "Mill."
    draft.save_revision()
    confirm_translation(text=english(stale), person=curator)
    Species.objects.get().get_latest_revision().publish()
    assert Species.objects.get().authorship == "Mill."
    assert not is_stale(stale)


def test_other_words_in_a_draft_are_not_confirmed(stale, curator):
    with_description(Species.objects.get(), vi="Bản nháp mới.")
    confirm_translation(text=english(stale), person=curator)
    assert not is_stale(stale)
    Species.objects.get().get_latest_revision().publish()
    assert is_stale(stale)


def test_who_may_not_publish_may_not_confirm(stale, editor):
    with pytest.raises(PermissionDenied):
        confirm_translation(text=english(stale), person=editor)
    assert is_stale(stale)


def test_a_translation_of_nothing_is_not_confirmed(stale, curator):
    SpeciesText.objects.filter(language="vi").delete()
    with pytest.raises(NoOriginal):
        confirm_translation(text=english(stale), person=curator)
