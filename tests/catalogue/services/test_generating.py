"""A generated collection: the same from the same numbers, and never taken for a real one."""

from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

import pytest

from catalogue import records
from catalogue.models import (
    Commune,
    Distribution,
    Family,
    Part,
    Province,
    Reference,
    Species,
    SpeciesText,
    Synonym,
    Trait,
    TraitState,
    VernacularName,
)
from catalogue.scientific_names import check_name
from catalogue.services import generating

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_small_vocabulary(monkeypatch):
    """A word or two of each kind instead of the files, which take a while to load."""
    monkeypatch.setattr(generating, "load_facts", lambda: iter(()))
    for code in ("a", "b", "c"):
        province = Province.objects.create(code=code, name=code, full_name=code)
        Commune.objects.create(code=f"{code}1", name=code, full_name=code, province=province)
        Family.objects.create(code=f"{code}aceae", name=f"{code}aceae")
        Part.objects.create(code=code)
    for question in generating.TRAITS:
        trait = Trait.objects.create(code=question)
        for code in ("one", "two"):
            TraitState.objects.create(trait=trait, code=code)


def content():
    """Everything generated that does not depend on the clock or on keys."""
    return {
        "species": list(
            Species.objects.order_by("slug").values_list(
                "slug", "scientific_name", "family__code", "elevation_min_m", "parts__code"
            )
        ),
        **{
            model.__name__: sorted(model.objects.values_list("species__slug", *fields))
            for model, fields in {
                VernacularName: ("name", "language"),
                Synonym: ("name",),
                SpeciesText: ("language", "description", "habitat"),
                Distribution: ("sort_order", "status", "means"),
            }.items()
        },
    }


def test_the_same_numbers_give_the_same_collection():
    generating.generate(taxa=12, seed=3)
    first = content()
    Species.objects.all().delete()
    generating.generate(taxa=12, seed=3)
    assert content() == first
    Species.objects.all().delete()
    generating.generate(taxa=12, seed=4)
    assert content() != first


def test_what_was_interrupted_is_taken_up_again(monkeypatch):
    generating.generate(taxa=12, seed=3)
    whole = content()
    Species.objects.all().delete()
    monkeypatch.setattr(generating, "CHUNK", 5)
    assert generating.generate(taxa=7, seed=3) == 7
    Species.objects.get(slug="mau-000002").delete()
    done = []
    assert generating.generate(taxa=12, seed=3, progress=done.append) == 6
    assert done == [5, 5, 2]
    assert content() == whole
    assert generating.generate(taxa=12, seed=3) == 0


def test_nothing_of_it_is_taken_for_a_real_record():
    generating.generate(taxa=30)
    assert not Species.objects.exclude(is_demonstration=True, live=True).exists()
    assert not Species.objects.exclude(scientific_name__startswith="Ficto").exists()
    assert not VernacularName.objects.exclude(language="eng").exclude(name__contains="mẫu").exists()
    assert list(Reference.objects.values_list("code", flat=True)) == ["ban-ghi-mau"]


def test_a_generated_record_is_one_that_an_editor_could_save():
    generating.generate(taxa=30)
    for slug in Species.objects.values_list("slug", flat=True):
        species = records.read(Species.objects.visible_to(None), slug)
        check_name(species.scientific_name, species.authorship, species.rank)
        for synonym in species.synonyms.all():
            check_name(synonym.name, synonym.authorship)
        for relation in ("names", "texts", "distribution", "seasons", "markers", "conservation"):
            for row in getattr(species, relation).all():
                row.clean_fields(exclude=["species", "language"])
        before = (species.sort_name, species.genus, [row.digest for row in species.texts.all()])
        species.prepare()
        after = (species.sort_name, species.genus, [row.digest for row in species.texts.all()])
        assert after == before


def test_it_is_refused_outside_a_demonstration(settings):
    settings.IS_DEMONSTRATION = False
    with pytest.raises(ImproperlyConfigured):
        generating.generate(taxa=1)
    with pytest.raises(CommandError, match="DEMONSTRATION must be on"):
        call_command("generate_collection", taxa=1, verbosity=0)
    assert not Species.objects.exists()


def test_the_command_says_how_many_were_added(capsys):
    call_command("generate_collection", taxa=3, seed=1, verbosity=0)
    assert capsys.readouterr().out == "3 taxa added; `search_index rebuild` lets them be found\n"
    with pytest.raises(CommandError, match="at least 1"):
        call_command("generate_collection", taxa=0)
