"""Scans of certificates: PDF files that are given out by name of the certificate alone."""

import uuid
from hashlib import sha256
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _

from media.uploads.documents import check_document

FOLDER = "scans"


def unguessable(_certificate, _filename: str) -> str:
    """Return where a scan is kept; the name it came with may say whose paper it is."""
    return f"{FOLDER}/{uuid.uuid4()}.pdf"


def check_scan(file: File) -> None:
    """Refuse what is no PDF, or too large. Raises ValidationError."""
    if PurePath(file.name).suffix.lower() != ".pdf":
        raise ValidationError(_("A scan is a PDF."))
    check_document(file)


def are_the_same(one: File, other: File) -> bool:
    """Return whether two files hold the same bytes. They stay open, at their beginning."""
    return one.size == other.size and _digest(one) == _digest(other)


def _digest(file: File) -> bytes:
    digest = sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.digest()
