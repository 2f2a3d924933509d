"""Images are taken by content, within limits, whichever way they come in."""

import struct
import zlib
from contextlib import suppress
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from media.models import MuseumImage
from media.uploads.images import cleaned
from tests.factories.media import picture

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size}>'
    "{body}</svg>"
)


def svg(body='<rect width="3" height="3"/>', size='viewBox="0 0 9 9"', name="a.svg"):
    return ContentFile(DRAWING.format(body=body, size=size).encode(), name=name)


def bomb(width=60_000, height=60_000):
    """A few bytes that say they are a picture of billions of pixels."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
def test_photographs_come_in(name):
    file = picture((40, 20), name=name)
    assert cleaned(file).read() == file.read()


@pytest.mark.parametrize(
    ("_case", "body"),
    [
        ("a script", "<script>alert(1)</script>"),
        ("a handler", '<rect onclick="alert(1)" width="1" height="1"/>'),
        ("a link that acts", '<a xlink:href="javascript:alert(1)"><rect/></a>'),
        ("a part from elsewhere", '<image xlink:href="https://evil.example/x.png"/>'),
        ("a page inside", '<foreignObject><iframe src="https://evil.example"/></foreignObject>'),
        ("a style that fetches", "<style>@import url(/x.css);</style>"),
        ("a style that paints from elsewhere", '<rect style="fill:url(https://evil.example/x)"/>'),
        ("a part as data", '<use xlink:href="data:image/svg+xml,evil.example"/>'),
    ],
)
def test_a_drawing_comes_in_without_what_can_act(_case, body):
    kept = cleaned(svg(f'{body}<circle r="3"/>')).read()
    assert b"<circle" in kept
    for bad in (b"script", b"onclick", b"evil.example", b"alert", b"iframe", b"@import"):
        assert bad not in kept


@pytest.mark.parametrize(
    ("_case", "file"),
    [
        ("no size", svg(size='viewBox="0 0 0 0"')),
        ("a size without end", svg(size='viewBox="0 0 1e400 1e400"')),
        ("a negative size", svg(size='width="-5" height="-5"')),
        ("a size that is a word", svg(size='width="x" height="y"')),
        ("too many pixels", svg(size='width="99999" height="99999"')),
        ("broken", ContentFile(b"<svg", name="a.svg")),
        ("empty", ContentFile(b"<svg/>", name="a.svg")),
        (
            "an entity that grows",
            ContentFile(
                b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
                b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>&b;</text></svg>',
                name="a.svg",
            ),
        ),
        (
            "a file of ours inside",
            ContentFile(
                b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
                b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>&a;</text></svg>',
                name="a.svg",
            ),
        ),
    ],
)
def test_a_drawing_that_cannot_be_shown_is_refused(_case, file):
    try:
        kept = cleaned(file).read()
    except ValidationError:
        return
    # A drawing without a size has the browser's; an entity that is dropped is no danger.
    assert b"ENTITY" not in kept
    assert b"root:" not in kept
    assert kept.count(b"a") < 200


@pytest.mark.parametrize(
    ("_case", "content"),
    [
        ("nothing", b""),
        ("a text", b"hello"),
        ("a page", b"<html><body></body></html>"),
        ("a moving picture of old", b"GIF89a" + b"\0" * 40),
        ("cut short", picture((400, 400)).read()[:900]),
        ("a png with a broken part", bomb(10, 10)[:-20] + b"\0" * 20),
        ("a head alone", b"\xff\xd8\xff\xe0"),
        ("an empty webp", b"RIFF\x04\0\0\0WEBP"),
    ],
)
def test_what_is_no_image_is_refused(_case, content):
    with pytest.raises(ValidationError) as refusal:
        cleaned(ContentFile(content, name="a.jpg"))
    assert "JPEG, PNG" in refusal.value.messages[0]


def test_a_bomb_is_refused_before_it_is_unpacked():
    for size in ((60_000, 60_000), (10_000, 9_000), (100_000_000, 1)):
        with pytest.raises(ValidationError) as refusal:
            cleaned(ContentFile(bomb(*size), name="a.png"))
        assert "80.000.000" in refusal.value.messages[0]


def test_the_limits_are_said(settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 799
    with pytest.raises(ValidationError) as refusal:
        cleaned(picture((40, 20)))
    assert "799" in refusal.value.messages[0]
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10
    with pytest.raises(ValidationError) as refusal:
        cleaned(picture((40, 20)))
    assert "10" in refusal.value.messages[0]


STARTS = (b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\x40\0\0\0WEBPVP8 ", b"<svg ", b"")


@given(st.sampled_from(STARTS), st.binary(max_size=200))
def test_no_bytes_are_more_than_refused(start, rest):
    with suppress(ValidationError):
        cleaned(ContentFile(start + rest, name="a.png"))


@given(st.data())
def test_no_damage_is_more_than_refused(data):
    content = bytearray(
        picture((16, 16), name=data.draw(st.sampled_from(["a.jpg", "a.png"]))).read()
    )
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(ValidationError):
        cleaned(ContentFile(bytes(content), name="a.png"))


# In the editor's forms


def upload(client, file):
    form = {
        "title": "Ảnh",
        "credit": "Mẫu",
        "licence": "CC-BY-4.0",
        "collection": 1,
        "file": file,
        "tags": "",
    }
    return client.post(reverse("wagtailimages:add"), form)


def with_place():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (22.0, 20.0, 0.0)})
    content = picture((40, 20), exif=exif).read()
    assert Image.open(BytesIO(content)).getexif().get_ifd(0x8825)
    return content


@pytest.mark.django_db
def test_the_place_where_a_photograph_was_taken_does_not_come_in(client, curator):
    client.force_login(curator)
    answer = upload(client, SimpleUploadedFile("a.jpg", with_place(), "image/jpeg"))
    assert answer.status_code == 302, answer.context["form"].errors
    image = MuseumImage.objects.get()
    stored = image.file.read()
    exif = Image.open(BytesIO(stored)).getexif()
    assert exif.get_ifd(0x8825) == {}
    assert exif[0x0112] == 6
    assert (image.width, image.height) == (20, 40)
    assert image.file_size == len(stored)


@pytest.mark.django_db
def test_nor_does_it_when_several_are_uploaded_at_once(client, curator):
    """Wagtail keeps such a file as it came until the rest of the form is filled in."""
    client.force_login(curator)
    answer = client.post(
        reverse("wagtailimages:add_multiple"),
        {
            "title": "a.jpg",
            "files[]": SimpleUploadedFile("a.jpg", with_place(), "image/jpeg"),
            "collection": 1,
        },
    ).json()
    waiting = answer["uploaded_file_id"]
    prefix = f"uploaded-image-{waiting}"
    form = {"title": "Ảnh", "credit": "Mẫu", "licence": "CC-BY-4.0", "collection": 1, "tags": ""}
    answer = client.post(
        reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting]),
        {f"{prefix}-{name}": value for name, value in form.items()},
    ).json()
    assert answer["success"] is True, answer
    stored = MuseumImage.objects.get().file.read()
    assert Image.open(BytesIO(stored)).getexif().get_ifd(0x8825) == {}


@pytest.mark.django_db
def test_nor_by_a_command():
    image = MuseumImage.objects.create(
        title="Ảnh", credit="Mẫu", file=ContentFile(with_place(), name="a.jpg")
    )
    assert Image.open(image.file).getexif().get_ifd(0x8825) == {}
    with pytest.raises(ValidationError):
        MuseumImage.objects.create(
            title="Ảnh", credit="Mẫu", width=1, height=1, file=ContentFile(b"no", name="a.jpg")
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("_case", "name", "content"),
    [
        ("a text called jpg", "a.jpg", b"hello"),
        ("nothing", "a.jpg", b""),
        ("a page called png", "a.png", b"<html></html>"),
        ("a broken drawing", "a.svg", b"<svg"),
        ("a drawing called jpg", "a.jpg", svg().read()),
        ("a picture called svg", "a.svg", picture((9, 9)).read()),
        ("a picture called html", "a.html", picture((9, 9)).read()),
        ("a picture without an ending", "a", picture((9, 9)).read()),
        ("a bomb", "a.png", bomb()),
        ("cut short", "a.jpg", picture((300, 300)).read()[:700]),
        ("a drawing of no size", "a.svg", svg(size='width="0" height="0"').read()),
    ],
)
def test_the_form_says_why_it_refuses(client, curator, _case, name, content):
    client.force_login(curator)
    answer = upload(client, SimpleUploadedFile(name, content))
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"file"}
    assert not MuseumImage.objects.exists()
