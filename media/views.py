"""The one door through which files leave the house."""

import mimetypes
import re

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.http import require_safe

from media.access import is_shown, owner_of
from media.models import MuseumDocument

# Shown in the page; whatever else is fetched is saved to disk and not opened as a page of ours.
INLINE = ("image/", "audio/", "video/", "text/vtt", "model/")
_RANGE = re.compile(r"bytes=(\d+)-(\d*)")


@require_safe
def serve_file(request, path: str):
    """Give a file of the storage to a person who is shown its record; to others it is not there."""
    record = owner_of(path)
    if record is None or not is_shown(record, request.user) or not default_storage.exists(path):
        raise Http404
    changed = int(default_storage.get_modified_time(path).timestamp())
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    if since is not None and changed <= since:
        return _with_headers(HttpResponse(status=304), path, changed)
    if settings.FILES_ACCEL_PREFIX:
        response = HttpResponse()
        response["X-Accel-Redirect"] = settings.FILES_ACCEL_PREFIX + path
    else:
        response = _read(path, request.headers.get("Range", ""))
    return _with_headers(response, path, changed)


@require_safe
def serve_document(request, pk: int, filename: str):
    """Give a document by the address Wagtail knows it by, through the same door."""
    document = MuseumDocument.objects.filter(pk=pk).first()
    if document is None or document.filename != filename:
        raise Http404
    return serve_file(request, document.file.name)


def _read(path: str, asked: str) -> HttpResponse:
    """Return the file, or the one range of it that a player asks for."""
    size = default_storage.size(path)
    match = _RANGE.fullmatch(asked)
    first = int(match[1]) if match else 0
    last = min(int(match[2] or size - 1), size - 1) if match else -1
    if last < first:
        return FileResponse(default_storage.open(path))
    with default_storage.open(path) as file:
        file.seek(first)
        response = HttpResponse(file.read(last - first + 1), status=206)
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _with_headers(response: HttpResponse, path: str, changed: int) -> HttpResponse:
    kind = media_type(path)
    response["Content-Type"] = kind
    response["Last-Modified"] = http_date(changed)
    # What is withdrawn is gone at once: a browser asks again before it shows its own copy.
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = "inline" if kind.startswith(INLINE) else "attachment"
    return response


def media_type(path: str) -> str:
    """Return the media type that a file's name promises; it was checked when it came in."""
    extra = {"glb": "model/gltf-binary", "gltf": "model/gltf+json", "vtt": "text/vtt"}
    ending = path.rpartition(".")[2].lower()
    return extra.get(ending) or mimetypes.guess_type(path)[0] or "application/octet-stream"
