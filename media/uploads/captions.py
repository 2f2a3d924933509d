"""Captions: WebVTT with at least one cue."""

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _

import webvtt

from media.uploads import MEGABYTE

LARGEST = 2 * MEGABYTE


def check_captions(file: File) -> None:
    """Refuse captions that are not WebVTT. Raises ValidationError."""
    if file.size > LARGEST:
        raise ValidationError(
            _("The captions are larger than %(limit)s MB.") % {"limit": LARGEST // MEGABYTE}
        )
    file.seek(0)
    try:
        text = file.read().decode("utf-8-sig")
        cues = list(webvtt.from_string(text))
    except Exception as error:  # a parser of other people's texts fails in ways of its own
        raise _no_captions() from error
    finally:
        file.seek(0)
    if not text.startswith("WEBVTT") or not cues:
        raise _no_captions()


def _no_captions() -> ValidationError:
    return ValidationError(_("The captions are not a WebVTT file with at least one cue."))
