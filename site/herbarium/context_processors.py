"""What every page may say about the site as a whole."""

from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language


def site(request) -> dict:
    """Return the site's facts and this page's address in the other languages."""
    path = request.get_full_path()
    current = get_language()
    return {
        "base_url": settings.BASE_URL,
        "is_demonstration": settings.IS_DEMONSTRATION,
        "other_languages": [
            {"code": code, "name": name, "url": translate_url(path, code)}
            for code, name in settings.LANGUAGES
            if code != current
        ],
    }
