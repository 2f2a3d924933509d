"""Wagtail looks once at what a record points at, however many rows are saved with it."""

from wagtail.models import ReferenceIndex

import pytest

from catalogue.models import Species
from catalogue.models.names import VernacularName
from core.references import indexed_once
from tests.factories.catalogue import ReferenceFactory, SpeciesFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def looks(monkeypatch):
    """Return the records Wagtail looked at, in order."""
    seen = []
    kept = ReferenceIndex.create_or_update_for_object.__func__

    def look(cls, record):
        seen.append(record)
        return kept(cls, record)

    monkeypatch.setattr(ReferenceIndex, "create_or_update_for_object", classmethod(look))
    return seen


def species_with_names(source):
    species = SpeciesFactory()
    species.names = [
        VernacularName(name=f"Tên {number}", language="vie", source=source) for number in range(5)
    ]
    return species


def test_a_record_is_looked_at_once_with_all_its_rows(looks):
    source = ReferenceFactory()
    species = species_with_names(source)
    looks.clear()

    species.save()

    assert looks == [species]
    paths = ReferenceIndex.get_references_to(source).values_list("model_path", flat=True)
    assert list(paths) == ["names.item.source"] * 5


def test_the_outer_one_of_two_looks(looks):
    species = species_with_names(ReferenceFactory())
    looks.clear()

    with indexed_once(species):
        species.save()
        assert looks == []

    assert looks == [species]


def test_a_record_saved_afterwards_is_looked_at_again(looks):
    species = SpeciesFactory()
    looks.clear()
    with pytest.raises(RuntimeError), indexed_once(species):
        raise RuntimeError

    Species.objects.get(pk=species.pk).save()

    assert looks == [species]
