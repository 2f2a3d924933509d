"""Money is an integer of minor units with a currency; it is rounded here and nowhere else."""

from django.utils.translation import get_language

# Currencies whose minor unit is the unit itself: đồng are never multiplied by 100.
ZERO_DECIMAL = frozenset({"JPY", "KRW", "VND"})
SIGNS = {"VND": "₫"}

GRAMS_PER_KG = 1000


def line_total_minor(grams: int, price_minor_per_kg: int) -> int:
    """Return the price of some grams in minor units.

    Rounds half up, once per line; an order total is the sum of its lines.
    """
    return (grams * price_minor_per_kg + GRAMS_PER_KG // 2) // GRAMS_PER_KG


def group_digits(number: int, language: str | None = None) -> str:
    """Write an integer with its thousands apart: 1.234.567 in Vietnamese, 1,234,567 in English."""
    grouped = f"{number:,}"
    return (
        grouped.replace(",", ".") if (language or get_language() or "vi")[:2] == "vi" else grouped
    )


def format_money(minor: int, currency: str, language: str | None = None) -> str:
    """Write an amount as a person reads it: "4.500.000 ₫"."""
    if currency in ZERO_DECIMAL:
        number = group_digits(minor, language)
    else:
        mark = "," if (language or get_language() or "vi")[:2] == "vi" else "."
        number = f"{group_digits(minor // 100, language)}{mark}{minor % 100:02d}"
    return f"{number} {SIGNS.get(currency, currency)}"
