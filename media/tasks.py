"""What the worker makes of an image, so that no request has to wait for it."""

import hashlib
import logging

from django.core.files.storage import default_storage
from django.db import IntegrityError

from django_tasks import task

from media import renditions, tiles
from media.models import MuseumImage

logger = logging.getLogger(__name__)

CHUNK = 1024 * 1024


@task()
def prepare_image(pk: int) -> str:
    """Make the renditions and tiles of an image that are not there yet; return what was done.

    Safe to run twice. A file that cannot be read is noted and left: the task would fail again in
    the same way, and must not hold up the others.
    """
    image = MuseumImage.objects.filter(pk=pk).first()
    if image is None:
        return "gone"
    try:
        return _prepare(image)
    except IntegrityError:
        tiles.remove(pk)
        return "gone"  # deleted meanwhile: there is nothing a rendition could belong to
    except Exception as error:  # noqa: BLE001  decoders fail in ways of their own on broken files
        logger.warning("Could not prepare image %s: %r", pk, error)
        MuseumImage.objects.filter(pk=pk).update(made_from="")
        return "unreadable"


def _prepare(image: MuseumImage) -> str:
    digest = _digest(image)
    if image.made_from not in ("", digest):
        image.renditions.all().delete()  # they show another file
    renditions.make(image)
    if tiles.is_zoomable(image) and image.made_from != digest:
        tiles.cut(image, digest)
    if not MuseumImage.objects.filter(pk=image.pk).update(made_from=digest):
        raise IntegrityError("the image was deleted")
    tiles.remove(image.pk, but=digest)
    return "prepared"


def _digest(image: MuseumImage) -> str:
    digest = hashlib.blake2b(digest_size=20)
    with image.open_file() as file:
        for chunk in iter(lambda: file.read(CHUNK), b""):
            digest.update(chunk)
    return digest.hexdigest()


@task()
def forget_image(pk: int) -> str:
    """Delete the tiles of an image that is no more; Wagtail deletes file and renditions."""
    tiles.remove(pk)
    return "removed"


@task()
def delete_file(name: str) -> str:
    """Delete a file that was replaced, or whose record is no more."""
    default_storage.delete(name)
    return "deleted"
