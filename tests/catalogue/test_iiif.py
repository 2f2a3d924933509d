"""Manifests hold to IIIF Presentation 3: checked against its own description."""

import pytest
from iiif_prezi3 import Manifest

from media.models import ImageText, MediaFile, MuseumImage
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

BASE = "http://testserver"


def fetch(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "no-cache"
    assert answer["Content-Type"] == (
        'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"'
    )
    body = answer.json()
    assert body["@context"] == "http://iiif.io/api/presentation/3/context.json"
    assert body["id"] == f"{BASE}{address}"
    Manifest(**{key: value for key, value in body.items() if key != "@context"})
    ids = list(every_id(body["items"]))
    assert len(ids) == len(set(ids))
    return body


def every_id(part):
    """The ids of canvases, pages and annotations: each must be said once."""
    if isinstance(part, list):
        for one in part:
            yield from every_id(one)
    elif isinstance(part, dict):
        if part.get("type") in ("Canvas", "AnnotationPage", "Annotation"):
            yield part["id"]
        for name in ("items", "annotations"):
            yield from every_id(part.get(name))


def painted(canvas):
    return canvas["items"][0]["items"][0]["body"]


@pytest.fixture
def species(site):
    return SpeciesFactory(slug="que", vie="Quế", eng="Cassia", scientific_name="Cinnamomum cassia")


def test_the_manifest_of_an_image(client, species):
    image = stored_image(licence="CC-BY-4.0")
    ImageText.objects.filter(language="en").update(content_warning="A snake")
    shows(species, image)
    address = f"/iiif/{image.pk}/manifest.json"
    body = fetch(client, address)
    sizes = {one.filter_spec: one for one in image.renditions.all()}
    large, small = sizes["max-2560x2560|format-webp"], sizes["width-320|format-webp"]
    thumbnail = {
        "id": f"{BASE}{small.url}",
        "type": "Image",
        "format": "image/webp",
        "width": 320,
        "height": 160,
    }
    described = {
        "summary": {"vi": ["Một chiếc lá"], "en": ["A leaf"]},
        "rights": "http://creativecommons.org/licenses/by/4.0/",
        "requiredStatement": {
            "label": {"vi": ["Ghi công"], "en": ["Credit"]},
            "value": {"none": ["Mẫu"]},
        },
    }
    canvas = f"{BASE}/iiif/{image.pk}/canvas/image-{image.pk}"
    assert body == {
        "@context": "http://iiif.io/api/presentation/3/context.json",
        "id": f"{BASE}{address}",
        "type": "Manifest",
        "label": {"none": ["Lá quế"]},
        **described,
        "provider": [
            {
                "id": f"{BASE}/",
                "type": "Agent",
                "label": {"none": ["Hoàng Liên"]},
                "homepage": [
                    {
                        "id": f"{BASE}/",
                        "type": "Text",
                        "label": {"none": ["Hoàng Liên"]},
                        "format": "text/html",
                    }
                ],
            }
        ],
        "thumbnail": [thumbnail],
        "metadata": [
            {
                "label": {"vi": ["Tên khoa học"], "en": ["Scientific name"]},
                "value": {"none": ["Cinnamomum cassia"]},
            },
            {"label": {"vi": ["Họ"], "en": ["Family"]}, "value": {"none": ["Lauraceae"]}},
        ],
        "homepage": [
            {
                "id": f"{BASE}/{code}/species/que/",
                "type": "Text",
                "label": {code: [name]},
                "format": "text/html",
                "language": [code],
            }
            for code, name in (("vi", "Quế"), ("en", "Cassia"))
        ],
        "seeAlso": [
            {
                "id": f"{BASE}/api/v1/species/que",
                "type": "Dataset",
                "format": "application/json",
            }
        ],
        "items": [
            {
                "id": canvas,
                "type": "Canvas",
                "label": {"none": ["Lá quế"]},
                "width": 1800,
                "height": 900,
                **described,
                "metadata": [
                    {
                        "label": {"vi": ["Lưu ý trước khi xem"], "en": ["Content warning"]},
                        "value": {"en": ["A snake"]},
                    }
                ],
                "thumbnail": [thumbnail],
                "items": [
                    {
                        "id": f"{canvas}/page",
                        "type": "AnnotationPage",
                        "items": [
                            {
                                "id": f"{canvas}/page/painting",
                                "type": "Annotation",
                                "motivation": "painting",
                                "body": {
                                    "id": f"{BASE}{large.url}",
                                    "type": "Image",
                                    "format": "image/webp",
                                    "width": 1800,
                                    "height": 900,
                                },
                                "target": canvas,
                            }
                        ],
                    }
                ],
            }
        ],
    }
    for part in (painted(body["items"][0])["id"], thumbnail["id"]):
        assert client.get(part.removeprefix(BASE)).status_code == 200


def test_the_manifest_of_a_species_holds_what_is_seen_and_heard(client, species):
    image, recording = stored_image(), stored_recording()
    film = stored_recording("Phim", file=mp4(b"vide"), width=640, height=360)
    model = MediaFile.objects.create(title="Mô hình", credit="Mẫu", file=glb())
    shows(species, recording, image, film, model, stored_document())
    body = fetch(client, "/iiif/species/que/manifest.json")
    assert body["label"] == {"vi": ["Quế"], "en": ["Cassia"]}
    assert body["summary"] == {"vi": ["Cây gỗ mẫu."], "en": ["A sample tree."]}
    assert body["rights"] == "http://rightsstatements.org/vocab/InC/1.0/"
    assert body["requiredStatement"]["value"] == {"none": ["Mẫu; Người thu"]}
    picture, sound, video = body["items"]
    assert (picture["width"], picture["height"]) == (1800, 900)
    assert painted(sound) == {
        "id": f"{BASE}{recording.file.url}",
        "type": "Sound",
        "format": "audio/wav",
        "duration": 2.0,
    }
    assert sound["duration"] == 2.0
    assert "width" not in sound
    captions = sound["annotations"][0]["items"][0]
    assert (captions["motivation"], captions["target"]) == ("supplementing", sound["id"])
    assert captions["body"] == {
        "id": f"{BASE}{recording.texts.get().captions.url}",
        "type": "Text",
        "format": "text/vtt",
        "language": "vi",
    }
    assert painted(video) == {
        "id": f"{BASE}{film.file.url}",
        "type": "Video",
        "format": "video/mp4",
        "duration": 3.0,
        "width": 640,
        "height": 360,
    }
    assert (video["width"], video["height"], video["duration"]) == (640, 360, 3.0)


def test_files_of_several_terms_say_theirs_each(client, species):
    shows(species, stored_image(licence="CC0-1.0"), stored_image("Vỏ", licence="CC-BY-NC-4.0"))
    body = fetch(client, "/iiif/species/que/manifest.json")
    assert "rights" not in body
    assert [canvas["rights"] for canvas in body["items"]] == [
        "http://creativecommons.org/publicdomain/zero/1.0/",
        "http://creativecommons.org/licenses/by-nc/4.0/",
    ]


def test_an_image_that_is_not_made_ready_is_its_original(client, species):
    image = stored_image(prepared=False)
    shows(species, image)
    body = fetch(client, f"/iiif/{image.pk}/manifest.json")
    assert "thumbnail" not in body
    assert painted(body["items"][0]) == {
        "id": f"{BASE}{image.file.url}",
        "type": "Image",
        "format": "image/jpeg",
        "width": 1800,
        "height": 900,
    }


def test_a_record_without_images_shows_its_plate(client, species):
    shows(species, stored_recording())
    plate, sound = fetch(client, "/iiif/species/que/manifest.json")["items"]
    assert painted(plate) == {
        "id": f"{BASE}/plates/que.svg",
        "type": "Image",
        "format": "image/svg+xml",
        "width": 400,
        "height": 500,
    }
    assert (plate["width"], plate["height"]) == (400, 500)
    assert plate["summary"]["en"] == [
        "Drawn from recorded traits, not a photograph. The part used is tinted."
    ]
    assert sound["duration"] == 2.0


def test_nothing_is_made_up(client, species):
    """A recording whose length is not known has no canvas, for a canvas in time has a length."""
    recording = stored_recording()
    MediaFile.objects.update(duration_ms=None)
    shows(species, recording)
    assert [
        painted(one)["type"] for one in fetch(client, "/iiif/species/que/manifest.json")["items"]
    ] == ["Image"]


def test_a_manifest_is_a_visitors_whoever_asks(client, curator, species):
    image = stored_image()
    client.force_login(curator)
    assert client.get(f"/iiif/{image.pk}/manifest.json").status_code == 404
    shows(SpeciesFactory(slug="kin", live=False), image)
    assert client.get(f"/iiif/{image.pk}/manifest.json").status_code == 404
    assert client.get("/iiif/species/kin/manifest.json").status_code == 404
    shows(species, image)
    body = fetch(client, f"/iiif/{image.pk}/manifest.json")
    assert [page["id"] for page in body["homepage"]] == [
        f"{BASE}/vi/species/que/",
        f"{BASE}/en/species/que/",
    ]


@pytest.mark.parametrize(
    "path", ["999", "0", "99999999999999999999999", "species/nobody", "species/%00"]
)
def test_what_is_not_there_is_not_found(client, path):
    answer = client.get(f"/iiif/{path}/manifest.json")
    assert answer.status_code in (400, 404)
    assert answer["Content-Type"] == "application/problem+json"


def test_a_manifest_costs_few_queries(client, species, django_assert_max_num_queries):
    for number in range(3):
        shows(species, stored_image(f"Lá {number}"), stored_recording())
    image = MuseumImage.objects.first()
    with django_assert_max_num_queries(5):
        client.get("/iiif/species/que/manifest.json")
    with django_assert_max_num_queries(7):
        client.get(f"/iiif/{image.pk}/manifest.json")
