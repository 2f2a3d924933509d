"""The one door through which files leave the house."""

from django.core.files.storage import default_storage
from django.http import Http404
from django.views.decorators.http import require_safe

from media.access import find, is_shown
from media.kinds import media_type
from media.models import MediaFile, MuseumDocument
from media.sending import send


@require_safe
def serve_file(request, path: str):
    """Give a file of the storage to a person who is shown its record; to others it is not there."""
    found = find(path)
    if found is None or not is_shown(found.record, request.user):
        raise Http404
    return send(
        request,
        default_storage,
        found.name,
        media_type(found.name),
        download_as=_download_name(found.record, path),
    )


def _download_name(record, path: str) -> str:
    """A model is taken home; everything else here is shown on the page."""
    is_model = isinstance(record, MediaFile) and record.kind == MediaFile.Kind.MODEL
    return path.rpartition("/")[2] if is_model else ""


@require_safe
def serve_document(request, pk: int, filename: str):
    """Give a document by the address Wagtail knows it by, under the same rule."""
    document = MuseumDocument.objects.filter(pk=pk).first()
    if document is None or document.filename != filename or not is_shown(document, request.user):
        raise Http404
    return send(
        request,
        default_storage,
        document.file.name,
        media_type(document.file.name),
        download_as=filename,
    )
