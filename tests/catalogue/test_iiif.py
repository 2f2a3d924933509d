"""Manifests hold to IIIF Presentation 3: checked against its own description."""

import pytest
from iiif_prezi3 import Manifest

from catalogue.models import Species
from media.models import MuseumImage
from tests.factories.catalogue import SpeciesFactory
from tests.factories.media import unpublished_record

pytestmark = pytest.mark.django_db


def fetch(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Content-Type"].startswith("application/ld+json")
    body = answer.json()
    Manifest(**{key: value for key, value in body.items() if key != "@context"})
    return body


def test_a_record_with_files_is_a_manifest_of_canvases(client, site):
    record = unpublished_record()
    record.latest_revision.publish()
    body = fetch(client, "/iiif/species/que/manifest.json")
    assert body["@context"] == "http://iiif.io/api/presentation/3/context.json"
    image, sound = body["items"]
    assert (image["width"], image["height"]) == (1800, 900)
    assert image["items"][0]["items"][0]["body"]["id"] == (
        f"http://testserver{MuseumImage.objects.get().file.url}"
    )
    assert sound["duration"] == 1.5
    assert sound["annotations"][0]["items"][0]["motivation"] == "supplementing"
    assert body["requiredStatement"]["value"] == {"none": ["Mẫu"]}
    assert [page["id"] for page in body["homepage"]] == [
        "http://testserver/vi/species/que/",
        "http://testserver/en/species/que/",
    ]
    own = fetch(client, f"/iiif/{MuseumImage.objects.get().pk}/manifest.json")
    assert own["label"] == {"none": ["Lá quế"]}
    assert own["rights"] == "http://rightsstatements.org/vocab/InC/1.0/"


def test_a_record_without_files_shows_its_plate(client):
    SpeciesFactory(slug="hoi", vie="Hồi", eng="Star anise")
    body = fetch(client, "/iiif/species/hoi/manifest.json")
    painted = body["items"][0]["items"][0]["items"][0]["body"]
    assert painted == {
        "id": "http://testserver/plates/hoi.svg",
        "type": "Image",
        "format": "image/svg+xml",
        "width": 400,
        "height": 500,
    }
    assert body["label"] == {"vi": ["Hồi"], "en": ["Star anise"]}


@pytest.mark.usefixtures("demonstration")
def test_every_demonstration_species_has_a_manifest(client):
    for slug in Species.objects.visible_to(None).values_list("slug", flat=True):
        fetch(client, f"/iiif/species/{slug}/manifest.json")


def test_what_is_not_there_is_not_found(client):
    assert client.get("/iiif/999/manifest.json").status_code == 404
    assert client.get("/iiif/species/nobody/manifest.json").status_code == 404
