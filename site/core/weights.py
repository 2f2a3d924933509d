"""Weights are integers of grams inside, kilograms where people read and type them."""

from decimal import Decimal

from django.utils.translation import get_language

from babel.numbers import format_decimal

from core.money import GRAMS_PER_KG, group_digits

GRAMS_PER_TONNE = 1_000_000
MAX_KG = 1_000_000


def format_kg(grams: int, language: str | None = None, *, grouped: bool = True) -> str:
    """Write grams as kilograms without idle zeros: "1.250,5 kg"."""
    language = language or get_language() or "vi"
    whole, rest = divmod(grams, GRAMS_PER_KG)
    text = group_digits(whole, language) if grouped else str(whole)
    if rest:
        mark = "," if language[:2] == "vi" else "."
        text += mark + f"{rest:03d}".rstrip("0")
    return f"{text} kg"


def format_tonnes(grams: int, language: str | None = None) -> str:
    """Write grams as tonnes, to a kilogram, without idle zeros: 1.250,5 in Vietnamese."""
    language = language or get_language() or "vi"
    tonnes = Decimal(grams) / GRAMS_PER_TONNE
    return format_decimal(tonnes, format="#,##0.###", locale=language[:2])
