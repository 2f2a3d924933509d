"""The open API at /api/v1/: the apps' routers in one description; errors are RFC 9457 problems."""

from django.http import Http404, HttpRequest, HttpResponse

from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from catalogue.api import router as museum
from catalogue.api_registers import router as registers
from core.problems import problem
from market.api import router as market
from search.api import router as search
from search.engines.base import SearchUnavailable

DESCRIPTION = (
    "Read-only open data of the digital herb museum and the wholesale herb market. "
    "Lists answer with `count` and `items` and are paged by `limit` and `offset`. "
    "Words are in the language of `lang` or of Accept-Language. Errors are problem documents."
)

api = NinjaAPI(title="Hoàng Liên", version="1", description=DESCRIPTION, urls_namespace="api")
api.add_router("", museum)
api.add_router("", registers)
api.add_router("", market)
api.add_router("", search)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, "Not found")


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, str(error))


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = [{"field": str(fault["loc"][-1]), "message": fault["msg"]} for fault in error.errors]
    return problem(400, "The request is not valid", errors=faults)


@api.exception_handler(SearchUnavailable)
def search_away(request: HttpRequest, error: SearchUnavailable) -> HttpResponse:
    return problem(503, "Search is not available just now")
