"""Weights are integers of grams inside, kilograms where people read and type them."""

from decimal import Decimal

from django.utils.translation import get_language

from core.money import GRAMS_PER_KG, group_digits

MAX_KG = 1_000_000
GRAM = Decimal("0.001")  # of a kilogram


class NotAWeight(ValueError):
    """The text is not a number of kilograms with at most three decimals."""


def grams_from_kg(kg: Decimal) -> int:
    """Return kilograms as whole grams.

    Raises NotAWeight for a fraction of a gram, and for more than MAX_KG.
    """
    if not kg.is_finite() or abs(kg) > MAX_KG:
        raise NotAWeight(str(kg))
    if kg != kg.quantize(GRAM):
        raise NotAWeight(str(kg))
    return int(kg * GRAMS_PER_KG)


def format_kg(grams: int, language: str | None = None, *, grouped: bool = True) -> str:
    """Write grams as kilograms without idle zeros: "1.250,5 kg"."""
    language = language or get_language() or "vi"
    whole, rest = divmod(grams, GRAMS_PER_KG)
    text = group_digits(whole, language) if grouped else str(whole)
    if rest:
        mark = "," if language[:2] == "vi" else "."
        text += mark + f"{rest:03d}".rstrip("0")
    return f"{text} kg"
