"""Every species that the demonstration shows can be opened by other museums."""

import pytest
from iiif_prezi3 import Manifest

from catalogue.models import Species

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def test_every_demonstration_species_has_a_manifest(client):
    slugs = list(Species.objects.visible_to(None).values_list("slug", flat=True))
    assert len(slugs) > 50
    for slug in slugs:
        body = client.get(f"/iiif/species/{slug}/manifest.json").json()
        Manifest(**{key: value for key, value in body.items() if key != "@context"})
        assert len(body["items"]) == 1, slug
