"""The species page: what must be read first stands first; a look-alike is named on both pages."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

import pytest

from catalogue.models import LookAlike, Season, Species
from tests.factories.catalogue import (
    PartFactory,
    ReferenceFactory,
    SpeciesFactory,
    TraitStateFactory,
)
from tests.factories.media import shows, stored_document, stored_image, stored_recording

pytestmark = pytest.mark.django_db


@pytest.fixture
def que():
    """A published species with texts that cite, a trait and a season."""
    species = SpeciesFactory(
        slug="que", vie="Quế", eng="Cassia", scientific_name="Cinnamomum cassia"
    )
    ReferenceFactory(code="powo", author="Kew", title="POWO")
    species.texts.filter(language="vi").update(
        description="Cây gỗ.[^powo]", uses="Gia vị.", contraindications="Không dùng khi có thai."
    )
    species.traits.model.objects.create(species=species, state=TraitStateFactory(code="tree"))
    Season.objects.create(
        species=species,
        kind="harvest",
        part=PartFactory(),
        first_month=11,
        last_month=2,
        source=ReferenceFactory(),
    )
    return Species.objects.get(pk=species.pk)


def page(client, slug="que", language="vi"):
    return client.get(f"/{language}/species/{slug}/").content.decode()


def test_cautions_stand_above_the_plant_and_the_uses(client, que):
    html = page(client)
    order = ["Thận trọng mẫu.", "Không dùng khi có thai.", "Cây gỗ.<sup", "Gia vị."]
    assert sorted(order, key=html.index) == order


def test_texts_and_facts_cite_numbered_works(client, que):
    html = page(client)
    assert re.search(r'Cây gỗ\.<sup class="note"><a href="#note-1">1</a></sup>', html)
    assert re.search(r'<li id="note-1">\s*Kew', html)
    assert "tháng 11–2" in html


def test_a_look_alike_with_a_record_is_named_on_both_pages_the_poisonous_one_marked(client, que):
    other = SpeciesFactory(slug="doc", vie="Cây độc", scientific_name="Aconitum exemplum")
    Species.objects.filter(pk=other.pk).update(is_toxic=True)
    LookAlike.objects.create(species=que, other=other, scientific_name="Aconitum exemplum")
    here, there = page(client), page(client, "doc")
    assert '/vi/species/doc/">Cây độc</a>' in here
    assert "doubles__one--toxic" in here
    assert '/vi/species/que/">Quế</a>' in there
    assert "doubles__one--toxic" not in there
    assert '<span class="poison">có độc</span>' in there  # of the plant itself


def test_an_unpublished_look_alike_is_not_linked(client, que):
    other = SpeciesFactory(slug="kin", live=False, scientific_name="Aconitum exemplum")
    LookAlike.objects.create(
        species=que, other=other, scientific_name="Aconitum exemplum", vernacular="cây kín"
    )
    html = page(client)
    assert "Cây kín" in html
    assert "/species/kin/" not in html


def test_the_plate_is_drawn_for_those_who_may_see_the_record(client, que):
    answer = client.get("/plates/que.svg?lang=en")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert "<title>Cinnamomum cassia</title>" in answer.content.decode()
    assert "/plates/que.svg?lang=vi" in page(client)
    Species.objects.filter(pk=que.pk).update(live=False)
    assert client.get("/plates/que.svg").status_code == 404
    assert client.get("/plates/nobody.svg").status_code == 404


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("slug", ["que", "sam-lai-chau", "thao-qua", "atiso", "chua-du"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_full_record_keeps_to_its_budget(client, slug, language):
    client.get(f"/{language}/species/{slug}/")
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(f"/{language}/species/{slug}/")
    assert len(asked) <= 12
    assert len(answer.content) <= 60_000


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_fullest_record_keeps_to_it_with_ten_files(client, language):
    photographs = [stored_image() for _number in range(6)]
    others = [stored_recording(), stored_recording(), stored_document(), stored_document()]
    shows(Species.objects.get(slug="que"), *photographs, *others)
    client.get(f"/{language}/species/que/")
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(f"/{language}/species/que/")
    assert len(answer.context["figures"].images) == 6
    assert len(asked) <= 12
    assert len(answer.content) <= 60_000


@pytest.mark.usefixtures("demonstration")
def test_every_demonstration_species_has_what_a_record_needs(client):
    for species in Species.objects.prefetch_related(
        "traits__state__trait", "seasons", "texts", "references", "distribution"
    ):
        assert species.seasons.all(), species
        assert species.references.all(), species
        assert species.distribution.all(), species
        assert len({row.state.trait_id for row in species.traits.all()}) >= 12, species
        assert all(text.habitat and text.uses for text in species.texts.all()), species
        plate = client.get(f"/plates/{species.slug}.svg")
        assert plate.status_code == 200, species
        assert len(plate.content) <= 30 * 1024, (species, len(plate.content))
