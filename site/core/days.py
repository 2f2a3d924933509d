"""Days as people read them."""

from datetime import date, datetime

from django.utils import formats, timezone
from django.utils.translation import get_language


def format_day(value: date | datetime) -> str:
    """Write a day: 22.11.2026 in Vietnamese, 22 Nov 2026 in English."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    if (get_language() or "vi")[:2] == "vi":
        return f"{value.day}.{value.month}.{value.year}"
    return formats.date_format(value, "j M Y")
