"""How a file is sent: whole, in parts, not again, or by the web server in front."""

import pytest

from media.models import MediaFile, MuseumDocument, MuseumImage
from tests.factories.catalogue import SpeciesFactory
from tests.factories.media import glb, shows, stored_document, stored_image, stored_recording

pytestmark = pytest.mark.django_db

SIZE = 32_044  # two seconds of silence


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.fixture
def recording(db):
    """A recording that everybody may hear."""
    recording = stored_recording()
    shows(SpeciesFactory(slug="que"), recording)
    return recording


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-3", (0, 3)),
        ("bytes=0-", (0, SIZE - 1)),
        ("bytes=32000-", (32000, SIZE - 1)),
        ("bytes=32000-99999", (32000, SIZE - 1)),
        ("bytes=-10", (SIZE - 10, SIZE - 1)),
        ("bytes=-99999", (0, SIZE - 1)),
    ],
)
def test_a_player_asks_for_a_part(client, recording, asked, part):
    whole = body(client.get(recording.file.url))
    assert len(whole) == SIZE
    answer = client.get(recording.file.url, headers={"range": asked})
    first, last = part
    assert answer.status_code == 206
    assert answer.streaming
    assert answer["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert answer["Content-Length"] == str(last - first + 1)
    assert body(answer) == whole[first : last + 1]


@pytest.mark.parametrize("asked", ["bytes=32044-", "bytes=99999-", "bytes=-0"])
def test_a_part_beyond_the_end_is_refused(client, recording, asked):
    answer = client.get(recording.file.url, headers={"range": asked})
    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{SIZE}"
    assert answer.content == b""


@pytest.mark.parametrize(
    "asked", ["bytes=5-2", "bytes=a-b", "bytes=-", "pages=1-2", "bytes=0-1,4-5", "", "bytes"]
)
def test_a_part_that_is_not_understood_gives_the_whole(client, recording, asked):
    answer = client.get(recording.file.url, headers={"range": asked})
    assert (answer.status_code, len(body(answer))) == (200, SIZE)


def test_a_part_of_another_file_gives_the_whole(client, recording):
    first = client.get(recording.file.url)
    body(first)
    asked = {"range": "bytes=0-3", "if-range": first["ETag"]}
    assert client.get(recording.file.url, headers=asked).status_code == 206
    asked["if-range"] = '"of-another"'
    assert client.get(recording.file.url, headers=asked).status_code == 200


def test_a_browser_that_has_the_file_is_told_so_and_asked_to_ask_again(client, recording):
    first = client.get(recording.file.url)
    body(first)
    assert first["Cache-Control"] == "private, no-cache"
    for headers in (
        {"if-none-match": first["ETag"]},
        {"if-modified-since": first["Last-Modified"]},
    ):
        again = client.get(recording.file.url, headers=headers)
        assert (again.status_code, again.content) == (304, b"")
        assert again["Cache-Control"] == "private, no-cache"


def test_what_is_hidden_is_not_said_to_be_unchanged(client, recording):
    first = client.get(recording.file.url)
    body(first)
    recording.figures.all().delete()
    again = client.get(recording.file.url, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 404


def test_the_head_of_a_file_is_asked(client, recording):
    answer = client.head(recording.file.url)
    assert (answer.status_code, answer["Content-Length"]) == (200, str(SIZE))
    assert client.post(recording.file.url).status_code == 405


def test_the_web_server_in_front_may_send_what_was_allowed(client, settings, recording):
    settings.FILES_ACCEL_PREFIX = "/private/"
    MediaFile.objects.update(file="recordings/tên cây.wav")
    recording.file.storage.save("recordings/tên cây.wav", recording.file.file)
    answer = client.get("/files/recordings/t%C3%AAn c%C3%A2y.wav")
    assert answer["X-Accel-Redirect"] == "/private/recordings/t%C3%AAn%20c%C3%A2y.wav"
    assert answer["Content-Type"] == "audio/wav"
    assert answer.content == b""
    recording.figures.all().delete()
    hidden = client.get("/files/recordings/t%C3%AAn c%C3%A2y.wav")
    assert hidden.status_code == 404
    assert "X-Accel-Redirect" not in hidden


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"></svg>'
TIED = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def test_what_is_sent_is_what_it_says_and_can_do_nothing(client, site):
    from django.core.files.base import ContentFile

    photograph, drawing = stored_image(), stored_image(file=ContentFile(SVG, name="a.svg"))
    model = MediaFile.objects.create(title="Mô hình", credit="Mẫu", file=glb())
    document, recording = stored_document(), stored_recording()
    shows(SpeciesFactory(slug="que"), photograph, drawing, model, document, recording)
    captions = recording.texts.get().captions
    found = {}
    for url in (
        photograph.file.url,
        drawing.file.url,
        model.file.url,
        document.url,
        captions.url,
    ):
        answer = client.get(url)
        body(answer)
        assert answer.status_code == 200, url
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Access-Control-Allow-Origin"] == "*"
        found[url.rpartition(".")[2]] = (
            answer["Content-Type"],
            answer["Content-Disposition"].partition(";")[0],
            answer.get("Content-Security-Policy", ""),
        )
    assert found == {
        "jpg": ("image/jpeg", "inline", ""),
        "svg": ("image/svg+xml", "attachment", TIED),
        "glb": ("model/gltf-binary", "attachment", TIED),
        "pdf": ("application/pdf", "attachment", TIED),
        "vtt": ("text/vtt; charset=utf-8", "inline", ""),
    }
    assert MuseumImage.objects.count() == 2
    assert MuseumDocument.objects.count() == 1
