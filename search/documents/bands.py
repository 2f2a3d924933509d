"""Bands in which prices and weights are counted: one of prices, "at least" of weights."""

from functools import cache
from itertools import pairwise

CURRENCY = "VND"
PRICES = (50_000, 100_000, 200_000, 500_000, 1_000_000, 5_000_000)  # VND a kilogram
WEIGHTS = (10, 50, 100, 500, 1_000, 5_000)  # kilograms

GRAMS = 1000


@cache
def price_bands() -> dict[str, tuple[int, int | None]]:
    """Return code → lower limit (included) and upper limit (excluded, None is none)."""
    limits = (0, *PRICES, None)
    return {f"{low}-{high or ''}": (low or 0, high) for low, high in pairwise(limits)}


def of_price(minor_per_kg: int, currency: str) -> tuple[str, ...]:
    """Return the band of a price; of another currency than the market's none."""
    if currency != CURRENCY:
        return ()
    return tuple(
        code
        for code, (low, high) in price_bands().items()
        if low <= minor_per_kg and (high is None or minor_per_kg < high)
    )


def of_weight(grams: int) -> tuple[str, ...]:
    """Return the weights that so many grams are at least, in kilograms."""
    return tuple(str(weight) for weight in WEIGHTS if grams >= weight * GRAMS)
