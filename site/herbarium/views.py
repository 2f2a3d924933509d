"""Pages that belong to no app: the door without a language, health, and what nobody found."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from core.problems import problem
from search.engines import get_engine
from search.engines.base import SearchUnavailable


@require_safe
@vary_on_headers("Accept-Language", "Cookie")
def door(request):
    """Send a visitor to the home page in their language."""
    return redirect(f"/{get_language()}/")


@require_safe
def robots(request):
    """Say what crawlers may fetch, and where the list of pages is."""
    return render(
        request, "herbarium/robots.txt", {"base_url": settings.BASE_URL}, content_type="text/plain"
    )


@require_safe
@never_cache
def alive(request):
    """Say that the process answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def ready(request):
    """Say whether database, index and storage can be used; 503 names what cannot."""
    states = {name: check() for name, check in CHECKS.items()}
    return JsonResponse(states, status=200 if set(states.values()) == {"ok"} else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unavailable"
    return "ok"


def _index() -> str:
    try:
        return "ok" if get_engine().ready() else "unavailable"
    except SearchUnavailable:
        return "unavailable"


def _storage() -> str:
    try:
        default_storage.exists("readyz")
    except OSError:
        return "unavailable"
    return "ok"


CHECKS = {"database": _database, "index": _index, "storage": _storage}


def api_not_found(request, exception=None, path=""):
    """An address of the API that does not exist is a problem document too."""
    return problem(404, "Not found")
