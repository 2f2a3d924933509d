"""Areas of land: stored in whole square metres, read in hectares."""

from django.utils.translation import get_language

from babel.numbers import format_decimal

SQUARE_METRES_PER_HECTARE = 10_000


def format_hectares(square_metres: int, language: str | None = None) -> str:
    """Write an area in hectares, to a hundredth: 1.216,45 in Vietnamese, 1,216.45 in English."""
    language = language or get_language() or "vi"
    hectares = square_metres / SQUARE_METRES_PER_HECTARE
    return format_decimal(hectares, format="#,##0.##", locale=language[:2])
