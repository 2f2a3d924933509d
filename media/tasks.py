"""What the worker makes of a file, so that no request has to wait for it."""

import logging

from django_tasks import task
from willow.image import UnrecognisedImageFormatError

from media import tiles
from media.models import MuseumImage

logger = logging.getLogger(__name__)

# Widths in which pages show an image, and what the lists of the admin ask for.
WIDTHS = (320, 640, 1280)
SPECS = (*(f"width-{width}" for width in WIDTHS), "max-165x165", "max-800x600")


@task()
def prepare_image(pk: int) -> str:
    """Make the renditions and tiles of an image that are not there yet; return what was done.

    A file that cannot be read is noted and left: the task would fail again in the same way.
    """
    image = MuseumImage.objects.filter(pk=pk).first()
    if image is None:
        return "gone"
    try:
        for spec in SPECS:
            image.get_rendition(spec)
        tiles.remove(pk, but=tiles.folder(image))
        if tiles.is_zoomable(image) and not tiles.are_cut(image):
            tiles.cut(image)
    except (OSError, ValueError, UnrecognisedImageFormatError) as error:
        logger.warning("Could not prepare image %s: %s", pk, error)
        return "unreadable"
    return "prepared"


@task()
def forget_image(pk: int) -> str:
    """Delete what was made of an image that is no more."""
    tiles.remove(pk)
    return "removed"
