"""A file leaves the house only for who is shown its record: every address of it, every time."""

import re
from datetime import date
from io import BytesIO

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import pytest
from PIL import Image

from catalogue.models import Figure, Species
from media import tiles
from media.models import MediaFile, MuseumDocument, MuseumImage
from media.tasks import prepare_image
from tests.factories.media import picture, unpublished_record

pytestmark = pytest.mark.django_db

ADDRESS = re.compile(r"""["' ,](/(?:files|documents|plates)/[^"' ,<>]+)""")


@pytest.fixture
def record(site):
    """An unpublished species shown by files of every kind."""
    return unpublished_record()


def addresses(client, record):
    """Every address of a file that a curator meets when working on the record."""
    image = MuseumImage.objects.get()
    pages = [
        "/vi/species/que/",
        reverse(Species.snippet_viewset.get_url_name("edit"), args=[record.pk]),
        reverse("wagtailimages:edit", args=[image.pk]),
        reverse("wagtailimages:index"),
        reverse("wagtaildocs:edit", args=[MuseumDocument.objects.get().pk]),
        reverse(MediaFile.snippet_viewset.get_url_name("edit"), args=[MediaFile.objects.get().pk]),
    ]
    found = set()
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        found |= set(ADDRESS.findall(answer.content.decode()))
    found |= {f"/files/{tiles.folder(image)}/{z}/0/0.jpg" for z in range(tiles.levels(image) + 1)}
    found |= {r.url for r in image.renditions.all()} | {image.file.url}
    found.discard(f"/files/{tiles.folder(image)}")  # what the zoom puts its tiles' names behind
    return sorted(found)


def status(client, url):
    """Fetch a file to its end, as a browser does, and say how it went."""
    answer = client.get(url)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


def test_no_file_of_an_unpublished_record_is_there_for_a_visitor(client, curator, record):
    client.force_login(curator)
    found = addresses(client, record)
    kinds = ("original_images", "images", "tiles", "recordings", "captions", "documents")
    assert {kind for kind in kinds if any(f"/{kind}/" in url for url in found)} == set(kinds)
    assert [url for url in found if status(client, url) != 200] == []
    manifests = [
        f"/iiif/{MuseumImage.objects.get().pk}/manifest.json",
        "/iiif/species/que/manifest.json",
    ]
    client.logout()
    for url in [*found, *manifests]:
        assert status(client, url) == 404, url

    Species.objects.get().latest_revision.publish()
    for url in [*found, *manifests]:
        assert status(client, url) == 200, url

    Species.objects.get().unpublish()
    for url in [*found, *manifests]:
        assert status(client, url) == 404, url


def test_a_recording_is_gone_with_the_speakers_consent(client, record):
    record.latest_revision.publish()
    url = MediaFile.objects.get().file.url
    assert status(client, url) == 200
    MediaFile.objects.update(
        speaker="Mẫu", consent_given_on=date(2026, 1, 1), consent_withdrawn_on=date(2026, 2, 1)
    )
    assert status(client, url) == 404
    assert url not in client.get("/vi/species/que/").content.decode()


def test_a_file_that_nothing_shows_is_a_curators_alone(client, curator, record):
    Figure.objects.all().delete()
    url = MuseumImage.objects.get().file.url
    assert status(client, url) == 404
    client.force_login(curator)
    assert status(client, url) == 200


@pytest.mark.parametrize(
    "path",
    [
        "original_images/none.jpg",
        "original_images/../original_images/la.jpg",
        "tiles/x/y/0/0/0.jpg",
        "tiles/99999999999999999999/a/0/0/0.jpg",
        "secret/x",
        "tiles",
        "tiles/1",
        "images",
    ],
)
def test_an_address_of_no_file_is_not_found(client, curator, path):
    client.force_login(curator)
    assert client.get(f"/files/{path}").status_code in (404, 301)


@pytest.mark.parametrize("way", ["tiles/{pk}/../../{name}", "tiles/{pk}/%2e%2e/%2e%2e/{name}"])
def test_the_address_of_a_tile_leads_to_no_other_file(client, record, way):
    record.latest_revision.publish()
    shown = MuseumImage.objects.get()
    hidden = MuseumImage(title="Kín", credit="Mẫu", file=picture(name="kin.jpg"))
    hidden._set_image_file_metadata()
    hidden.save()
    assert status(client, shown.file.url) == 200
    assert status(client, hidden.file.url) == 404
    assert status(client, "/files/" + way.format(pk=shown.pk, name=hidden.file.name)) == 404


def test_a_player_asks_for_a_part(client, record):
    record.latest_revision.publish()
    url = MediaFile.objects.get().file.url
    part = client.get(url, headers={"range": "bytes=0-2"})
    assert (part.status_code, part.content) == (206, b"ID3")
    assert part["Content-Range"] == "bytes 0-2/5003"
    for asked in ("bytes=9999-", "bytes=5-2", "bytes=a-b"):
        whole = client.get(url, headers={"range": asked})
        assert (whole.status_code, len(b"".join(whole.streaming_content))) == (200, 5003)


def test_a_browser_that_has_the_file_is_told_so_and_asked_to_ask_again(client, record):
    record.latest_revision.publish()
    url = MuseumImage.objects.get().file.url
    first = client.get(url)
    assert b"".join(first.streaming_content)[:2] == b"\xff\xd8"
    assert first["Cache-Control"] == "private, no-cache"
    again = client.get(url, headers={"if-modified-since": first["Last-Modified"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_web_server_in_front_may_send_what_was_allowed(client, record, settings):
    settings.FILES_ACCEL_PREFIX = "/private/"
    record.latest_revision.publish()
    image = MuseumImage.objects.get()
    assert client.get(image.file.url)["X-Accel-Redirect"] == f"/private/{image.file.name}"


def test_no_page_makes_a_rendition(client, record):
    record.latest_revision.publish()
    image = MuseumImage.objects.get()
    image.renditions.all().delete()
    html = client.get("/vi/species/que/").content.decode()
    assert image.renditions.count() == 0
    assert "/files/images/" not in html


def test_an_image_that_cannot_be_read_does_not_stop_the_worker(record):
    image = MuseumImage.objects.get()
    image.renditions.all().delete()
    cache.clear()  # Wagtail keeps renditions there
    image.file.storage.delete(image.file.name)
    assert prepare_image.func(image.pk) == "unreadable"
    assert prepare_image.func(0) == "gone"


def upload(client, file):
    return client.post(
        reverse("wagtailimages:add"),
        {
            "title": "Ảnh",
            "credit": "Mẫu",
            "licence": "CC-BY-4.0",
            "collection": 1,
            "file": file,
            "alt_vi": "Lá",
            "alt_en": "Leaf",
        },
    )


def test_the_place_where_a_photograph_was_taken_does_not_come_in(client, curator):
    client.force_login(curator)
    buffer = BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x8825] = {1: "N", 2: (22.0, 20.0, 0.0)}
    Image.new("RGB", (40, 20), "red").save(buffer, "JPEG", exif=exif)
    assert 0x8825 in Image.open(BytesIO(buffer.getvalue())).getexif()
    answer = upload(client, SimpleUploadedFile("a.jpg", buffer.getvalue(), "image/jpeg"))
    assert answer.status_code == 302, answer.context["form"].errors
    stored = Image.open(MuseumImage.objects.get().file).getexif()
    assert 0x8825 not in stored
    assert stored[0x0112] == 6


def test_a_drawing_comes_in_without_what_can_act(client, curator):
    client.force_login(curator)
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9">'
        b'<script>alert(1)</script><rect onclick="alert(1)" width="3" height="3"/></svg>'
    )
    answer = upload(client, SimpleUploadedFile("a.svg", svg, "image/svg+xml"))
    assert answer.status_code == 302, answer.context["form"].errors
    kept = MuseumImage.objects.get().file.read()
    assert b"<rect" in kept
    assert b"script" not in kept
    assert b"onclick" not in kept


@pytest.mark.parametrize(
    ("_case", "name", "content"),
    [
        ("a text called jpg", "a.jpg", b"hello"),
        ("nothing", "a.jpg", b""),
        ("a page called png", "a.png", b"<html></html>"),
        ("a broken drawing", "a.svg", b"<svg"),
    ],
)
def test_what_is_no_image_is_refused_with_a_reason(client, curator, _case, name, content):
    client.force_login(curator)
    answer = upload(client, SimpleUploadedFile(name, content))
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not MuseumImage.objects.exists()


def test_an_image_of_too_many_pixels_is_refused(client, curator, settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 100
    client.force_login(curator)
    answer = upload(client, SimpleUploadedFile("a.jpg", picture((50, 50)).read(), "image/jpeg"))
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
