"""Reading a record from JSON that names what may be gone."""

import pytest

from catalogue.models import Distribution, Figure, Reference, Species
from core.drafts import without_dangling
from media.models import MuseumImage
from tests.factories.catalogue import ProvinceFactory, ReferenceFactory, SpeciesFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    """The JSON of a species with two places, each from a work of its own, and an image."""
    species = SpeciesFactory()
    for number, code in enumerate(("15", "12")):
        Distribution.objects.create(
            species=species,
            province=ProvinceFactory(code=code, name=code),
            source=ReferenceFactory(code=f"work-{number}"),
            sort_order=number,
        )
    image = MuseumImage.objects.create(title="a", file="a.jpg", width=1, height=1, credit="c")
    Figure.objects.create(species=species, image=image)
    return species.serializable_data()


def sources(data):
    return [row["source"] for row in data["distribution"]]


def test_what_is_all_there_stays_as_it_is(draft):
    assert without_dangling(Species, draft) == draft


def test_a_work_that_is_gone_leaves_its_field_empty(draft):
    Distribution.objects.all().delete()
    Reference.objects.get(code="work-0").delete()
    kept = Reference.objects.get(code="work-1").pk
    assert sources(without_dangling(Species, draft)) == [None, kept]
    assert None not in sources(draft)


def test_a_row_goes_with_what_it_was_for(draft):
    MuseumImage.objects.all().delete()
    assert without_dangling(Species, draft)["figures"] == []


def test_the_record_itself_loses_a_family_that_is_gone(draft):
    assert without_dangling(Species, draft | {"family": 987654})["family"] is None


def test_each_model_is_asked_once_however_many_rows(draft, django_assert_num_queries):
    # Family, works, provinces and the image; communes and parts are named by no row.
    with django_assert_num_queries(4):
        without_dangling(Species, draft)
    many = draft | {"distribution": draft["distribution"] * 20}
    with django_assert_num_queries(4):
        without_dangling(Species, many)
