"""The collection for machines and reference managers: parse, call, answer."""

import os

from django.http import FileResponse, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from catalogue import citations
from catalogue.exports import building
from catalogue.exports.tasks import put_down
from catalogue.oai import answer
from catalogue.views import record_or_404
from core.problems import problem

# A build of 100,000 records and the minute that it waits for more changes.
RETRY_AFTER_SECONDS = 180
TYPES = {".zip": "application/zip", ".csv": "text/csv; charset=utf-8"}


@require_safe
def checklist(request):
    """The Darwin Core Archive of the published species."""
    return _export(request, building.ARCHIVE)


@require_safe
def table(request):
    """The published species as one table."""
    return _export(request, building.TABLE)


def _export(request, name: str) -> HttpResponse:
    """Return a file that says what is public now, or 503 until there is one."""
    path = building.current(name)
    try:
        # Opened before anything is said of it: a newer build may take it away at any moment.
        file = path.open("rb") if path else None
    except FileNotFoundError:
        file = None
    if file is None:
        return _not_yet()
    etag, changed = f'"{path.stem}"', int(os.fstat(file.fileno()).st_mtime)
    response = get_conditional_response(request, etag, changed)
    if response:
        file.close()
        return response
    response = FileResponse(
        file, as_attachment=True, filename=name, content_type=TYPES[path.suffix]
    )
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed)
    # Whoever keeps it asks each time: it may say what has been taken back since.
    response["Cache-Control"] = "no-cache"
    return response


def _not_yet() -> HttpResponse:
    put_down()
    response = problem(503, "The file is being built; ask again in a few minutes")
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


@require_safe
def cite_bib(request, slug: str):
    """A record as an entry of BibTeX."""
    return _citation(request, slug, citations.bibtex, "bib", "application/x-bibtex")


@require_safe
def cite_ris(request, slug: str):
    """A record as one of RIS, for reference managers."""
    return _citation(request, slug, citations.ris, "ris", "application/x-research-info-systems")


def _citation(request, slug: str, write, suffix: str, media_type: str) -> HttpResponse:
    cited = citations.Citation.of(record_or_404(request, slug))
    response = HttpResponse(write(cited), content_type=f"{media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}.{suffix}"'
    return response


# The protocol lets a harvester send its arguments as a form; nothing here changes anything.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request):
    """The collection for harvesters (OAI-PMH 2.0)."""
    arguments = request.POST if request.method == "POST" else request.GET
    return HttpResponse(answer(arguments), content_type="text/xml; charset=utf-8")
