"""How the files of a species are shown on its page, to whom, and with how many queries."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wagtail.models import Collection, CollectionViewRestriction

import pytest

from catalogue import figures, records
from catalogue.models import Species
from media.models import ImageText, MediaFile, MediaFileText
from tests.factories.catalogue import SpeciesFactory
from tests.factories.media import (
    glb,
    mp4,
    shows,
    stored_document,
    stored_image,
    stored_recording,
)

pytestmark = pytest.mark.django_db


def read():
    return records.read(Species.objects.all(), "que")


@pytest.fixture
def species(site):
    return SpeciesFactory(slug="que")


def test_a_record_without_figures_costs_no_query(species, django_assert_num_queries):
    record = read()
    with django_assert_num_queries(0):
        shown = figures.shown(record)
        assert not shown
        assert (shown.lead, shown.more) == (None, False)


@pytest.mark.parametrize("times", [1, 4])
def test_figures_cost_three_queries_however_many(species, times, django_assert_num_queries):
    for _ in range(times):
        film = stored_recording(
            "Phim", file=mp4(b"vide"), width=640, height=360, poster=stored_image("Ảnh tĩnh")
        )
        model = MediaFile.objects.create(title="Mô hình", credit="Mẫu", file=glb())
        shows(species, stored_image(), stored_recording(), film, model, stored_document())
    record = read()
    with django_assert_num_queries(3):
        shown = figures.shown(record)
        assert len(shown.images) == len(shown.documents) == times
        assert len(shown.files) == 3 * times
        for image in [shown.lead, *shown.others]:
            assert image.default_alt_text == "Một chiếc lá"
        for file in shown.files:
            assert file.kind == "model" or file.text.transcript == "Quế."
            if file.poster:
                assert file.poster.default_alt_text == "Một chiếc lá"
                assert len(file.poster.renditions.all()) == 6
        assert {one.text.alt for one in shown.documents} == {"Phiếu kiểm nghiệm"}


def test_words_of_each_kind_are_its_own(species):
    image, recording, document = stored_image(), stored_recording(), stored_document()
    ImageText.objects.filter(language="vi").update(content_warning="Có hình rắn")
    MediaFileText.objects.create(file=recording, language="en", alt="Somebody speaks")
    shows(species, image, recording, document)
    shown = figures.shown(read())
    assert [(t.language, t.alt, t.content_warning) for t in shown.images[0].texts.all()] == [
        ("vi", "Một chiếc lá", "Có hình rắn"),
        ("en", "A leaf", ""),
    ]
    assert [
        (t.language, t.alt, t.transcript, bool(t.captions)) for t in shown.files[0].texts.all()
    ] == [("vi", "Một người nói tên cây", "Quế.", True), ("en", "Somebody speaks", "", False)]
    assert [(t.language, t.alt) for t in shown.documents[0].texts.all()] == [
        ("vi", "Phiếu kiểm nghiệm")
    ]


def test_a_recording_without_consent_is_not_shown_to_anybody(species, client, curator):
    recording = stored_recording(
        speaker="Mẫu", consent_given_on=date(2026, 1, 1), consent_withdrawn_on=date(2026, 2, 1)
    )
    shows(species, recording)
    name = species.names.first()
    name.recording = recording
    name.save()
    for person in (None, curator):
        if person:
            client.force_login(person)
        html = client.get("/vi/species/que/").content.decode()
        assert recording.file.url not in html
        assert "<audio" not in html


def test_the_page_shows_every_kind_of_file(species, client):
    photograph, another = stored_image(), stored_image("Vỏ", licence="CC-BY-4.0")
    film = stored_recording(
        "Phim", file=mp4(b"vide"), width=640, height=360, poster=stored_image("Ảnh tĩnh")
    )
    recording = stored_recording(speaker="Cụ Mẫu", consent_given_on=date(2026, 1, 1))
    model = MediaFile.objects.create(
        title="Mô hình", credit="Mẫu", file=glb(), poster=stored_image("Mẫu vật")
    )
    document = stored_document()
    shows(species, photograph, another, film, recording, model, document)
    html = client.get("/en/species/que/").content.decode()
    assert html.count("data-zoom") == 2
    assert f'data-tiles="/files/tiles/{photograph.pk}/{photograph.made_from}"' in html
    assert f'<audio controls preload="none" src="{recording.file.url}"' in html
    assert f'<video controls preload="none" src="{film.file.url}" poster="/files/images/' in html
    assert 'width="640" height="360"' in html
    assert f'srclang="vi" label="Vietnamese" src="{film.texts.get().captions.url}"' in html
    assert f'href="{model.file.url}" download' in html
    assert f'href="{document.url}"' in html
    assert "Cụ Mẫu" in html
    assert '<a href="https://creativecommons.org/licenses/by/4.0/" rel="license">' in html
    assert "drawn__plate" in html  # the plate stays beside the photographs


def test_a_warning_stands_before_what_it_warns_of(species, client):
    image = stored_image()
    ImageText.objects.update(content_warning="Có hình rắn")
    shows(species, image)
    html = client.get("/vi/species/que/").content.decode()
    warned = html.partition('<details class="warned">')[2].partition("</details>")[0]
    assert "Có hình rắn</summary>" in warned
    assert "<img" in warned
    assert html.count(image.renditions.first().url) == warned.count(image.renditions.first().url)


def test_a_name_is_heard(species, client):
    recording = stored_recording()
    name = species.names.first()
    name.recording = recording
    name.save()
    html = client.get("/vi/species/que/").content.decode()
    player = f'<audio controls preload="none" src="{recording.file.url}"'
    # Beside the title of the page, and among the names.
    assert html.count(player) == 2
    assert player in html.partition("</header>\n\n      <aside")[0]
    english = client.get("/en/species/que/").content.decode()
    assert english.count(player) == 1


def test_the_page_of_a_species_with_files_keeps_its_budget(species, client):
    shows(species, stored_image(), stored_recording(), stored_document())
    client.get("/vi/species/que/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get("/vi/species/que/").status_code == 200
    assert len(asked) <= 12


def carded(*slugs):
    """Return the photographs on the cards of some species, None for a plate."""
    found = list(Species.objects.filter(slug__in=slugs).for_cards())
    figures.put_on_cards(found)
    return [getattr(one, "photograph", None) for one in found]


def test_cards_without_photographs_cost_no_query(species, django_assert_num_queries):
    shows(species, stored_recording())
    found = list(Species.objects.for_cards())
    with django_assert_num_queries(0):
        figures.put_on_cards(found)


def test_the_first_photograph_of_each_species_is_on_its_card(species, django_assert_num_queries):
    first, second, other = stored_image(), stored_image(), stored_image()
    shows(species, first, second)
    shows(SpeciesFactory(slug="hoi"), other)
    found = list(Species.objects.for_cards().order_by("-slug"))
    with django_assert_num_queries(4):
        figures.put_on_cards(found)
    assert [one.photograph for one in found] == [first, other]


def test_a_photograph_takes_the_place_of_the_plate_on_a_card(species, client):
    image = stored_image()
    shows(species, stored_recording(), image, stored_image("Ảnh thứ hai"))

    page = client.get("/vi/species/").content.decode()

    small = image.renditions.get(filter_spec="width-320|format-webp")
    assert small.file.url in page
    assert "Một chiếc lá" not in page  # the name beside it says it
    assert reverse("plate", args=["que"]) not in page


def test_what_may_upset_or_is_not_for_everybody_is_on_no_card(species):
    upsetting, private, fit = stored_image(), stored_image(), stored_image()
    ImageText.objects.filter(image=upsetting).update(content_warning="Có hình rắn")
    private.collection = Collection.get_first_root_node().add_child(name="Chưa công bố")
    private.save()
    CollectionViewRestriction.objects.create(
        collection=private.collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    shows(species, upsetting, private)
    assert carded("que") == [None]

    shows(species, fit)
    assert carded("que") == [fit]


def test_a_photograph_without_sizes_yet_leaves_the_plate(species):
    image = stored_image()
    shows(species, image)
    image.renditions.all().delete()
    assert carded("que") == [None]
