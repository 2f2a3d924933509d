"""Middleware without a domain word in it."""

from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.utils import translation


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
        return super().process_response(request, response)


def _is_for_machines(request) -> bool:
    return request.path.startswith(settings.ADDRESSES_FOR_MACHINES)
