"""What the worker makes of an image: sizes for pages, tiles for a closer look, and no more."""

from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation

import pytest
from PIL import Image

from media import renditions, tiles
from media.models import MuseumImage
from media.tasks import forget_image, prepare_image
from tests.factories.catalogue import SpeciesFactory
from tests.factories.media import picture, shows, stored_image

pytestmark = pytest.mark.django_db

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 50" width="90" height="50"></svg>'


def kept(image):
    """Every file of the storage under an image's tiles."""
    found = []

    def walk(path):
        folders, files = tiles._listed(default_storage, path)
        found.extend(f"{path}/{name}" for name in files)
        for name in folders:
            walk(f"{path}/{name}")

    walk(f"tiles/{image.pk}")
    return sorted(found)


def test_an_image_is_made_ready_once():
    image = stored_image()
    sizes = {one.filter_spec: (one.width, one.height) for one in image.renditions.all()}
    assert sizes == {
        "width-320|format-webp": (320, 160),
        "width-640|format-webp": (640, 320),
        "width-1280|format-webp": (1280, 640),
        "max-2560x2560|format-webp": (1800, 900),
        "max-165x165": (165, 82),
        "max-800x600": (800, 400),
    }
    before = set(image.renditions.values_list("pk", "file"))
    assert prepare_image.func(image.pk) == "prepared"
    assert set(image.renditions.values_list("pk", "file")) == before


def test_tiles_halve_the_image_until_it_fits_one():
    image = stored_image()
    assert tiles.levels(image) == 3
    where = tiles.folder(image)
    assert len(image.made_from) == 40
    names = [name.removeprefix(f"{where}/") for name in kept(image)]
    assert [sum(name.startswith(f"{level}/") for name in names) for level in range(4)] == [
        1,
        2,
        8,
        32,
    ]
    assert "3/7/3.webp" in names
    with default_storage.open(f"{where}/3/7/3.webp") as file:
        edge = Image.open(file).convert("RGBA")
    # 1800 × 900: the last tile holds 8 × 132 pixels of the image, and nothing beside them.
    assert edge.size == (256, 256)
    assert edge.getpixel((2, 100))[3] == 255
    assert edge.getpixel((20, 20))[3] == 0
    assert edge.getpixel((2, 200))[3] == 0


def test_a_small_image_has_no_tiles():
    image = stored_image(file=picture((1599, 100)))
    assert not tiles.are_cut(image)
    assert kept(image) == []
    assert [one.width for one in renditions.on_pages(image)] == [320, 640, 1280]


def test_a_narrow_image_is_offered_in_the_one_width_it_has():
    image = stored_image(file=picture((100, 50)))
    assert [one.width for one in renditions.on_pages(image)] == [100]


def test_an_image_taken_with_the_camera_on_its_side_is_shown_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    image = stored_image(file=picture((1800, 900), exif=exif))
    assert (image.width, image.height) == (900, 1800)
    large = renditions.large(image)
    assert (large.width, large.height) == (900, 1800)
    assert f"{tiles.folder(image)}/3/3/7.webp" in kept(image)
    assert Image.open(image.file).getexif()[0x0112] == 6


def test_a_drawing_is_its_own_in_every_size():
    image = stored_image(file=ContentFile(SVG, name="la.svg"))
    assert [one.url for one in renditions.on_pages(image)] == [image.file.url]
    assert {one.filter_spec for one in image.renditions.all()} == {"max-165x165", "max-800x600"}
    assert not tiles.are_cut(image)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "I;16", "LA"])
def test_every_kind_of_pixel_becomes_tiles(mode):
    buffer = BytesIO()
    Image.new(mode, (1700, 20)).save(buffer, "PNG")
    image = stored_image(file=ContentFile(buffer.getvalue(), name="a.png"))
    assert len(kept(image)) == 7 + 4 + 2 + 1


def test_colours_for_print_become_tiles():
    buffer = BytesIO()
    Image.new("CMYK", (1700, 20)).save(buffer, "JPEG")
    image = stored_image(file=ContentFile(buffer.getvalue(), name="a.jpg"))
    assert len(kept(image)) == 14


def test_a_replaced_file_takes_its_sizes_and_tiles_with_it():
    image = stored_image()
    old, old_tiles = image.made_from, kept(image)
    image.file = picture((1700, 1000), colour="red")
    image.save()
    assert prepare_image.func(image.pk) == "prepared"
    image.refresh_from_db()
    assert image.made_from not in ("", old)
    assert not set(kept(image)) & set(old_tiles)
    assert {one.height for one in image.renditions.filter(filter_spec__startswith="max-2560")} == {
        1000
    }
    assert image.renditions.count() == 6


def test_an_image_that_is_no_more_leaves_nothing():
    image = stored_image()
    pk = image.pk
    assert kept(image) != []
    assert forget_image.func(pk) == "removed"
    assert kept(image) == []
    assert tiles._listed(default_storage, "tiles")[0].count(str(pk)) == 0
    assert forget_image.func(pk) == "removed"


@pytest.mark.parametrize(
    ("_case", "content"),
    [
        ("nothing", b""),
        ("a text", b"hello"),
        ("cut short", picture().read()[:2000]),
        ("a broken png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40),
    ],
)
def test_an_image_that_cannot_be_read_does_not_stop_the_worker(_case, content):
    image = stored_image(prepared=False)
    image.file.storage.delete(image.file.name)
    image.file.storage.save(image.file.name, ContentFile(content))
    assert prepare_image.func(image.pk) == "unreadable"
    assert MuseumImage.objects.get().made_from == ""


def test_a_file_that_is_gone_does_not_stop_the_worker():
    image = stored_image(prepared=False)
    image.file.storage.delete(image.file.name)
    assert prepare_image.func(image.pk) == "unreadable"
    assert prepare_image.func(0) == "gone"


def test_the_work_is_put_down_after_the_change_is_kept(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        image = stored_image(prepared=False)
        assert image.renditions.count() == 0
    image.refresh_from_db()
    assert image.renditions.count() == 6
    assert tiles.are_cut(image)
    with django_capture_on_commit_callbacks(execute=True):
        MuseumImage.objects.get().delete()
    assert kept(image) == []


def test_a_file_replaced_in_the_form_is_made_ready_anew(
    client, curator, django_capture_on_commit_callbacks
):
    """Wagtail's form deletes the old renditions after it has saved: they must not be the new."""
    client.force_login(curator)
    image = stored_image()
    old = image.made_from
    form = {
        "title": "Lá",
        "credit": "Mẫu",
        "licence": "CC-BY-4.0",
        "collection": 1,
        "tags": "",
        "file": picture((1700, 1000), name="moi.jpg", colour="red"),
    }
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("wagtailimages:edit", args=[image.pk]), form)
    assert answer.status_code == 302, answer.context["form"].errors
    image.refresh_from_db()
    assert image.made_from not in ("", old)
    assert image.renditions.count() == 6
    assert renditions.large(image).height == 1000


def show(image, language="vi"):
    with translation.override(language):
        return Template("{% load media_tags %}{% picture image '50vw' %}").render(
            Context({"image": image})
        )


def test_a_page_offers_the_sizes_that_are_there():
    image = stored_image()
    small, middle, wide = (one.url for one in renditions.on_pages(image))
    assert show(image, "en") == (
        f'<img src="{wide}" srcset="{small} 320w, {middle} 640w, {wide} 1280w" sizes="50vw" '
        'width="1280" height="640" alt="A leaf" loading="lazy" decoding="async">\n'
    )
    assert 'alt="Một chiếc lá"' in show(image)


def test_a_page_makes_no_size_and_shows_the_plate_until_they_are_there(client, site):
    image = stored_image(prepared=False)
    shows(SpeciesFactory(slug="que"), image)
    assert show(image).strip() == ""
    html = client.get("/vi/species/que/").content.decode()
    assert image.renditions.count() == 0
    assert 'src="/files/' not in html
    assert "/files/images/" not in html
    assert "drawn__plate" in html
