"""Images that a worker never saw are made ready by a command."""

from io import StringIO

from django.core.management import call_command

import pytest

from media.models import MuseumImage
from tests.factories.media import stored_image

pytestmark = pytest.mark.django_db


def run(*options):
    out = StringIO()
    call_command("prepare_images", *options, stdout=out)
    return out.getvalue()


def test_what_is_missing_is_made():
    stored_image()
    missing = stored_image(prepared=False)
    assert run() == "1 images are put down for the worker\n"
    assert missing.renditions.count() == 6
    assert run() == "0 images are put down for the worker\n"


def test_every_image_is_looked_at():
    image = stored_image()
    image.renditions.filter(filter_spec="max-165x165").delete()
    assert run() == "0 images are put down for the worker\n"
    assert run("--all") == "1 images are put down for the worker\n"
    assert image.renditions.count() == 6
    assert MuseumImage.objects.get().made_from == image.made_from
