"""Photographs and drawings: JPEG, PNG and WebP as they are seen, SVG without what can act."""

import math
import re
from io import BytesIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

import py_svg_hush
import willow
from PIL import Image

from core.money import group_digits
from media.uploads import MEGABYTE
from media.uploads.metadata import without_place

LARGEST_SVG = 2 * MEGABYTE
_SVG = re.compile(rb"<svg[\s>/]", re.IGNORECASE)
FORMATS = ("JPEG", "PNG", "WEBP")


def cleaned(file: File) -> ContentFile:
    """Return an image as it is stored: checked, without place, without what can act.

    Raises ValidationError when it is too large, has too many pixels, or is no image we keep.
    """
    _check_size(file.size, settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)
    file.seek(0)
    content = file.read()
    file.seek(0)
    kept = _drawing(content) if _is_svg(content) else _photograph(content)
    result = ContentFile(kept, name=file.name)
    result.content_type = getattr(file, "content_type", None)
    return result


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        raise ValidationError(
            _("The file is too large (%(size)s); it may have %(limit)s.")
            % {"size": filesizeformat(size), "limit": filesizeformat(limit)}
        )


def _is_svg(content: bytes) -> bool:
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and _SVG.search(head) is not None


def _photograph(content: bytes) -> bytes:
    """Return a photograph without place. Only its header is read before its size is known."""
    try:
        kept = without_place(content)
        with Image.open(BytesIO(kept), formats=FORMATS) as picture:
            _check_pixels(*picture.size, getattr(picture, "n_frames", 1))
            _read_through(picture)
    except ValidationError:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise _too_many_pixels() from error
    except Exception as error:  # a decoder fails in its own way on every kind of broken file
        raise ValidationError(
            _("The file is not a picture that can be read. Save it as JPEG, PNG or WebP.")
        ) from error
    return kept


def _read_through(picture: Image.Image) -> None:
    """Find out whether a picture is whole, without holding it whole in memory where avoidable."""
    if picture.format == "PNG":
        picture.verify()
    else:
        picture.draft("RGB", (picture.width // 8, picture.height // 8))
        picture.load()


def _check_pixels(width: float, height: float, frames: int = 1) -> None:
    if not width * height * frames <= settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> ValidationError:
    limit = group_digits(settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS)
    return ValidationError(
        _("The picture has too many pixels; it may have %(limit)s.") % {"limit": limit}
    )


def _drawing(content: bytes) -> bytes:
    """Return an SVG without scripts, links and foreign parts, of a size that can be told."""
    _check_size(len(content), LARGEST_SVG)
    try:
        kept = py_svg_hush.filter_svg(content, keep_data_url_mime_types={})
        width, height = willow.Image.open(BytesIO(kept)).get_size()
    except Exception as error:  # parsers of two libraries, each with exceptions of its own
        raise ValidationError(_("The drawing cannot be read as SVG.")) from error
    if not (math.isfinite(width) and math.isfinite(height) and width >= 1 and height >= 1):
        raise ValidationError(_("The drawing does not say how large it is: give it a viewBox."))
    _check_pixels(width, height)
    return kept
