"""What comes in is known by its content, kept within limits, and loses where it was taken."""

import json
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

import filetype
import py_svg_hush
import webvtt
from PIL import Image
from tinytag import TinyTag, TinyTagException
from webvtt.errors import MalformedCaptionError, MalformedFileError

MEGABYTE = 1024 * 1024
# kind → largest size in bytes, and the media types that may come in.
ALLOWED = {
    "audio": (
        50 * MEGABYTE,
        {"audio/mpeg", "audio/ogg", "audio/x-wav", "audio/x-flac", "audio/mp4", "audio/m4a"},
    ),
    "video": (500 * MEGABYTE, {"video/mp4", "video/webm"}),
    "model": (50 * MEGABYTE, {"model/gltf-binary", "model/gltf+json"}),
}
# Where a camera writes the place: the GPS block of EXIF.
GPS = 0x8825


def media_type_of(file: UploadedFile) -> str:
    """Return the media type that a file's content shows, empty when it is none we know."""
    file.seek(0)
    head = file.read(4096)
    file.seek(0)
    if head[:4] == b"glTF":
        return "model/gltf-binary"
    if head.lstrip()[:1] == b"{":
        return "model/gltf+json"
    guess = filetype.guess(head)
    return guess.mime if guess else ""


def check_media(kind: str, file: UploadedFile) -> str:
    """Return the media type of a recording, video or model.

    Raises ValidationError for a file that is too large, or is not what it is said to be.
    """
    largest, allowed = ALLOWED[kind]
    if file.size > largest:
        raise ValidationError(
            _("The file is larger than %(limit)s MB.") % {"limit": largest // MEGABYTE}
        )
    found = media_type_of(file)
    if found not in allowed:
        raise ValidationError(
            _("The content of the file is not one of these: %(known)s.")
            % {"known": ", ".join(sorted(allowed))}
        )
    if found == "model/gltf+json":
        _check_gltf(file)
    return found


def _check_gltf(file: UploadedFile) -> None:
    """Refuse a model that fetches parts of itself from elsewhere, or is none."""
    try:
        model = json.loads(file.read().decode())
        parts = [*model.get("buffers", []), *model.get("images", [])]
        addresses = [part.get("uri", "data:") for part in parts]
        version = model["asset"]["version"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValidationError(_("The file is not a glTF model.")) from error
    finally:
        file.seek(0)
    if not str(version).startswith("2") or not all(uri.startswith("data:") for uri in addresses):
        raise ValidationError(_("The model must be glTF 2 with all its parts inside the file."))


def duration_ms(file: UploadedFile) -> int | None:
    """Return how long a recording or video lasts, None when that cannot be told."""
    file.seek(0)
    try:
        tag = TinyTag.get(filename=file.name, file_obj=file)
    except (TinyTagException, ValueError, OSError):
        return None
    finally:
        file.seek(0)
    return round(tag.duration * 1000) if tag.duration else None


def check_captions(file: UploadedFile) -> None:
    """Refuse captions that are not WebVTT. Raises ValidationError."""
    file.seek(0)
    try:
        webvtt.from_string(file.read(2 * MEGABYTE).decode("utf-8-sig"))
    except (MalformedFileError, MalformedCaptionError, ValueError) as error:
        raise ValidationError(_("The captions are not a WebVTT file.")) from error
    finally:
        file.seek(0)


def without_place(file: UploadedFile):
    """Return an image file without the place where it was taken; an SVG without what can act.

    Raises ValidationError for an SVG that cannot be read.
    """
    if file.name.lower().endswith(".svg"):
        return _cleaned_svg(file)
    file.seek(0)
    picture = Image.open(file)
    exif = picture.getexif()
    if GPS not in exif and not {"xmp", "XML:com.adobe.xmp"} & set(picture.info):
        file.seek(0)
        return file
    exif.pop(GPS, None)
    for name in ("xmp", "XML:com.adobe.xmp"):
        picture.info.pop(name, None)
    options = {"JPEG": {"quality": "keep"}, "WEBP": {"quality": 95, "method": 4}}
    buffer = BytesIO()
    picture.save(
        buffer,
        picture.format,
        exif=exif,
        icc_profile=picture.info.get("icc_profile"),
        **options.get(picture.format, {}),
    )
    return ContentFile(buffer.getvalue(), name=file.name)


def _cleaned_svg(file: UploadedFile) -> ContentFile:
    file.seek(0)
    try:
        cleaned = py_svg_hush.filter_svg(file.read(), keep_data_url_mime_types={})
    except ValueError as error:
        raise ValidationError(_("The drawing cannot be read as SVG.")) from error
    return ContentFile(cleaned, name=file.name)
