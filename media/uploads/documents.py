"""Documents for download: papers, tables, slides and plain text, each what its name says."""

import zipfile
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

# ending → the member that makes a zip a file of this kind
_OFFICE = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
    "odt": "content.xml",
    "ods": "content.xml",
    "odp": "content.xml",
}
_TEXT = {"txt", "csv"}
_CHUNK = 1024 * 1024


def check_document(file: File) -> None:
    """Refuse a document that is too large or is not what its name says. Raises ValidationError."""
    limit = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
    if file.size > limit:
        raise ValidationError(
            _("The file is too large (%(size)s); it may have %(limit)s.")
            % {"size": filesizeformat(file.size), "limit": filesizeformat(limit)}
        )
    ending = PurePath(file.name).suffix.lower().removeprefix(".")
    if ending not in settings.WAGTAILDOCS_EXTENSIONS:
        raise ValidationError(
            _("Documents may be of these kinds: %(known)s.")
            % {"known": ", ".join(settings.WAGTAILDOCS_EXTENSIONS)}
        )
    file.seek(0)
    is_right = _is_what_it_says(ending, file)
    file.seek(0)
    if not is_right:
        raise ValidationError(
            _("The content of the file is not what its name says (%(ending)s).")
            % {"ending": ending}
        )


def _is_what_it_says(ending: str, file: File) -> bool:
    if ending in _TEXT:
        return _is_text(file)
    if ending in _OFFICE:
        return _holds(file, _OFFICE[ending])
    return file.read(5) == b"%PDF-"


def _is_text(file: File) -> bool:
    """Return whether a file is text in UTF-8, chunk by chunk."""
    rest = b""
    while chunk := file.read(_CHUNK):
        piece = rest + chunk
        if b"\0" in chunk:
            return False
        try:
            piece.decode()
            rest = b""
        except UnicodeDecodeError as error:
            # Only a letter that goes on in the next chunk may be unfinished.
            if error.reason != "unexpected end of data":
                return False
            rest = piece[error.start :]
    return not rest


def _holds(file: File, member: str) -> bool:
    """Return whether a zip names a member; nothing of it is unpacked."""
    try:
        with zipfile.ZipFile(file) as archive:
            return member in archive.namelist()
    except Exception:  # noqa: BLE001  a broken zip fails in many ways
        return False
