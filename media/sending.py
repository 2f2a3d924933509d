"""Sends a file of the storage, once somebody has decided that it may be sent."""

import re
from typing import IO
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import Storage
from django.http import FileResponse, Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_DRAWING = "image/svg+xml"
# An SVG is a page that may act; what comes in is cleaned, and here it is also tied.
_TIED = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def send(
    request, storage: Storage, name: str, media_type: str, *, download_as: str = ""
) -> HttpResponse:
    """Return the response with a file, or with the part of it that a player asks for.

    With FILES_ACCEL_PREFIX the web server in front sends it. A browser asks again before it shows
    its own copy, so that what is withdrawn is gone at once. Raises Http404 for a file that is gone.
    """
    try:
        size = storage.size(name)
        changed = storage.get_modified_time(name).timestamp()
    except OSError as error:
        raise Http404 from error
    etag = f'"{int(changed * 1000):x}-{size:x}"'
    response = get_conditional_response(request, etag=etag, last_modified=int(changed))
    if response is None:
        response = _with_content(request, storage, name, size, etag)
        response["Content-Type"] = media_type
        response["Content-Disposition"] = content_disposition_header(
            bool(download_as) or media_type == _DRAWING, download_as or name.rpartition("/")[2]
        )
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed)
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    # A visitor's view only: a browser sends no cookies to an address that allows everybody.
    response["Access-Control-Allow-Origin"] = "*"
    if download_as or media_type == _DRAWING:
        response["Content-Security-Policy"] = _TIED
    return response


def _with_content(request, storage: Storage, name: str, size: int, etag: str) -> HttpResponse:
    if settings.FILES_ACCEL_PREFIX:
        return HttpResponse(
            headers={"X-Accel-Redirect": f"{settings.FILES_ACCEL_PREFIX}{quote(name)}"}
        )
    asked = request.headers.get("Range", "")
    if request.headers.get("If-Range", etag) != etag:
        asked = ""  # the part that the browser has is of another file
    part = _part(asked, size)
    if part is None:
        response = FileResponse(storage.open(name))
        response["Content-Length"] = size
    elif not part:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
    else:
        response = FileResponse(Part(storage.open(name), part), status=206)
        response["Content-Length"] = len(part)
        response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    response["Accept-Ranges"] = "bytes"
    return response


def _part(asked: str, size: int) -> range | None:
    """Return the bytes of a Range header, empty when the file has none of them.

    None for no range, or for one that need not be understood: then the whole file is sent.
    """
    match = _RANGE.fullmatch(asked)
    if match is None or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last or size) + 1, size))


class Part:
    """Some bytes of a file, read as they are sent."""

    def __init__(self, file: IO[bytes], part: range):
        self._file, self._left = file, len(part)
        file.seek(part.start)

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, at most `size` of them."""
        wanted = self._left if size < 0 else min(size, self._left)
        data = self._file.read(wanted)
        self._left -= len(data)
        return data

    def close(self) -> None:
        """Close the file."""
        self._file.close()
