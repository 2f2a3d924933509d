"""Names and texts of a species."""

import unicodedata

from django.utils import translation

import pytest

from catalogue.models import Species, VernacularName
from tests.factories.catalogue import ReferenceFactory, SpeciesFactory

pytestmark = pytest.mark.django_db


def species_named(*names):
    """Make a species with (language, name, kind) rows in this order."""
    species = SpeciesFactory(scientific_name="Amomum exemplum")
    species.names = [
        VernacularName(
            language=language, name=name, kind=kind, source=ReferenceFactory(), sort_order=place
        )
        for place, (language, name, kind) in enumerate(names)
    ]
    species.save()
    return Species.objects.get(pk=species.pk)


@pytest.mark.parametrize(
    ("_case", "names", "vi", "en"),
    [
        (
            "one of each",
            [("vie", "Thảo quả", "vernacular"), ("eng", "Black cardamom", "vernacular")],
            "Thảo quả",
            "Black cardamom",
        ),
        (
            "the first of a language is preferred",
            [("vie", "Sa nhân", "vernacular"), ("vie", "Mè tré bà", "vernacular")],
            "Sa nhân",
            "Sa nhân",
        ),
        (
            "a drug's name is not the plant's",
            [("vie", "Nhục quế", "drug"), ("vie", "Quế", "vernacular")],
            "Quế",
            "Quế",
        ),
        ("no name at all", [], "Amomum exemplum", "Amomum exemplum"),
        (
            "only an English name",
            [("eng", "Cardamom", "vernacular")],
            "Amomum exemplum",
            "Cardamom",
        ),
    ],
)
def test_title(_case, names, vi, en):
    pk = species_named(*names).pk
    for language, title in (("vi", vi), ("en", en)):
        with translation.override(language):
            assert Species.objects.get(pk=pk).title == title


def test_the_list_is_in_the_order_of_folded_vietnamese_names():
    for name in ("Đương quy", "Ba kích", "Ấu tẩu", "Dâu"):
        SpeciesFactory(vie=name)
    assert [species.sort_name for species in Species.objects.all()] == [
        "au tau",
        "ba kich",
        "dau",
        "duong quy",
    ]


def test_a_scientific_name_is_stored_composed():
    species = SpeciesFactory(scientific_name=unicodedata.normalize("NFD", "Isoëtes mẫu"))
    species.refresh_from_db()
    assert species.scientific_name == unicodedata.normalize("NFC", "Isoëtes mẫu")


@pytest.mark.parametrize(("language", "text"), [("vi", "Cây gỗ mẫu."), ("en", "A sample tree.")])
def test_text(language, text):
    species = SpeciesFactory()
    with translation.override(language):
        assert species.text.description == text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_permanent_address_is_in_the_language_of_the_reader(language):
    with translation.override(language):
        assert SpeciesFactory(slug="que").get_absolute_url() == f"/{language}/species/que/"
