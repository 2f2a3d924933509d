"""Middleware without a domain word in it."""

from django.conf import settings
from django.core.exceptions import BadRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.views.defaults import bad_request

from core.problems import problem


class NoNulMiddleware:
    """Refuses an address with a NUL byte in it: no record has one, and PostgreSQL stores none."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            if _is_for_machines(request):
                return problem(400, "The address is not valid")
            return bad_request(request, BadRequest())
        return self.get_response(request)


class LanguageMiddleware(LocaleMiddleware):
    """Chooses the language; knows the addresses that machines use and that carry none.

    A person who leaves the language out of an address is sent to it in theirs. A machine that asks
    for something that is not there is told so, and may choose the language of words by `?lang=en`.
    """

    def process_request(self, request):
        super().process_request(request)
        language = request.GET.get("lang")
        if _is_for_machines(request) and language in dict(settings.LANGUAGES):
            translation.activate(language)
            request.LANGUAGE_CODE = language

    def process_response(self, request, response):
        if response.status_code == 404 and _is_for_machines(request):
            return response
        response = super().process_response(request, response)
        shown = translation.get_language_from_path(request.path_info)
        if shown and shown != translation.get_language_from_request(request):
            # Who opens a page in another language than they would be given has chosen it.
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, shown, samesite="Lax")
        return response


def _is_for_machines(request) -> bool:
    return request.path.startswith(settings.ADDRESSES_FOR_MACHINES)
